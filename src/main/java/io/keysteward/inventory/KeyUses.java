package io.keysteward.inventory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.keysteward.run.StoredTime;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code key_use}: the newest use of each key that any complete reading has
 * seen. Only one run at a time changes it.
 */
@Repository
public class KeyUses {

	/** Shorter times without a use say nothing. */
	private static final Duration GAP = Duration.ofDays(14);

	private final JdbcClient jdbc;

	KeyUses(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the known uses of these keys, by their ids}
	 */
	Map<String, KeyUse> known(String source, Collection<String> ids) {
		Map<String, KeyUse> known = new HashMap<>(ids.size() * 2);
		// Looks each key up whatever the statistics say, since a block is small.
		this.jdbc.sql("""
				SELECT u.key_id, u.last_used_at
				FROM unnest(:ids::text[]) AS i (id)
				CROSS JOIN LATERAL (SELECT * FROM keysteward.key_use k
				                    WHERE k.source = :source AND k.key_id = i.id COLLATE "C" LIMIT 1) u
				""")
			.param("source", source)
			.param("ids", ids.toArray(String[]::new))
			.query((RowCallbackHandler) (row) -> known.put(row.getString("key_id"),
					new KeyUse(StoredTime.required(row, "last_used_at"))));
		return known;
	}

	/** Discards the uses of a reading that did not end. */
	public void discard(String source) {
		this.jdbc.sql("DELETE FROM keysteward.key_use_read WHERE source = :source").param("source", source).update();
	}

	/**
	 * Takes over the uses of a reading that ended, and the gaps that they have ended. A
	 * gap is one that a whole reading has seen: where nobody looked, nothing is known.
	 * @param runId the run of the reading
	 */
	public void remember(long runId, String source) {
		// Both parts see the uses as they were before: a gap is from the old to the new.
		this.jdbc.sql("""
				WITH read AS (
				  SELECT key_id, max(created_at) AS created_at, max(last_used_at) AS last_used_at
				  FROM keysteward.key_use_read WHERE source = :source GROUP BY key_id),
				seen AS (
				  SELECT max(least(r.as_of, s.snapshot_at)) AS at
				  FROM keysteward.run_source s JOIN keysteward.run r USING (run_id)
				  WHERE s.source = :source AND s.status = 'READ' AND s.run_id <> :run AND r.projects IS NULL
				    AND r.status <> 'SET_ASIDE'),
				gaps AS (
				  INSERT INTO keysteward.key_use_gap (source, key_id, from_at, to_at, seen_run)
				  SELECT :source, r.key_id, u.last_used_at, r.last_used_at, :run
				  FROM read r JOIN keysteward.key_use u ON u.source = :source AND u.key_id = r.key_id
				  CROSS JOIN seen
				  WHERE seen.at >= u.last_used_at + :gap * interval '1 second'
				    AND r.last_used_at >= u.last_used_at + :gap * interval '1 second'
				    AND (r.created_at IS NULL OR r.created_at <= u.last_used_at)
				  ON CONFLICT DO NOTHING)
				INSERT INTO keysteward.key_use (source, key_id, created_at, last_used_at, seen_run)
				SELECT :source, key_id, created_at, last_used_at, :run FROM read
				ON CONFLICT (source, key_id) DO UPDATE
				SET created_at = excluded.created_at, last_used_at = excluded.last_used_at, seen_run = excluded.seen_run
				""").param("run", runId).param("source", source).param("gap", GAP.toSeconds()).update();
		discard(source);
	}

}
