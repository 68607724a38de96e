package io.keysteward.decision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.keysteward.key.KeyId;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.run.Blocks;
import io.keysteward.run.Run;
import io.keysteward.run.StoredTime;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What a run has found of keys that it has not flagged.
 */
@Repository
class UnflaggedKeys {

	private static final int BLOCK = 5000;

	private final JdbcClient jdbc;

	UnflaggedKeys(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return a line for each of the keys}
	 */
	Map<KeyId, String> find(Run run, List<FlaggedRow> keys) {
		Map<KeyId, FlaggedRow> before = new HashMap<>();
		keys.forEach((key) -> before.put(key.key(), key));
		Map<KeyId, String> found = new HashMap<>();
		Blocks.of(keys, BLOCK)
			.forEach((block) -> this.jdbc.sql("""
					SELECT k.source, k.key_id, s.judgement, s.created_at
					FROM unnest(:sources::text[], :keys::text[]) AS k (source, key_id)
					LEFT JOIN keysteward.key_snapshot s
					  ON s.run_id = :run AND s.source = k.source AND s.key_id = k.key_id
					""")
				.param("run", run.id())
				.param("sources", Blocks.texts(block, (key) -> key.key().source()))
				.param("keys", Blocks.texts(block, (key) -> key.key().id()))
				.query((row) -> {
					KeyId key = new KeyId(row.getString("source"), row.getString("key_id"));
					found.put(key,
							"run " + run.key() + " " + found(row, Objects.requireNonNull(before.get(key)).createdAt()));
				}));
		return found;
	}

	private static String found(ResultSet row, @Nullable Instant before) throws SQLException {
		String judgement = row.getString("judgement");
		if (judgement == null) {
			return "has not found it in its source";
		}
		Instant created = StoredTime.of(row, "created_at");
		if (created != null && before != null && !created.equals(before)) {
			return "has found another key with its id, created on " + UtcDay.day(created);
		}
		return (Judgement.valueOf(judgement) == Judgement.NOT_ACTIVE) ? "has found that it is not active"
				: "has no finding for it";
	}

}
