package io.keysteward.disabling;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.run.StoredRecord;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A stored key of a run's inventory: its source's row and the policy's verdict.
 *
 * @param key the key as its source's row showed it
 * @param knownUse the newer known use by which it was judged; null: it was judged by its
 * source's row
 * @param verdict the policy's verdict
 */
record StoredKey(KeyRecord key, @Nullable Instant knownUse, Verdict verdict) {

	private static final String SELECT = "SELECT " + StoredRecord.COLUMNS + """
			, findings, violations, exempted_by, known_use
			FROM keysteward.key_snapshot
			""";

	/**
	 * {@return the key as the run stored it}
	 */
	static StoredKey find(JdbcClient jdbc, long runId, KeyId key) {
		return jdbc.sql(SELECT + "WHERE run_id = :run AND source = :source AND key_id = :key")
			.param("run", runId)
			.param("source", key.source())
			.param("key", key.id())
			.query(StoredKey::read)
			.single();
	}

	/**
	 * {@return the longest unused judged keys of a source, without those that the run has
	 * begun}
	 * @param never the kinds that are never disabled
	 */
	static List<KeyRecord> longestUnused(JdbcClient jdbc, long runId, String source, Set<String> never, int count) {
		return jdbc.sql(SELECT + """
				WHERE run_id = :run AND source = :source AND judgement = 'JUDGED'
				  AND NOT coalesce(kind = ANY (:never::text[]), false)
				  AND NOT EXISTS (SELECT FROM keysteward.key_action a
				                  WHERE a.run_id = :run AND a.source = key_snapshot.source
				                    AND a.key_id = key_snapshot.key_id AND a.outcome IN ('DISABLED', 'SKIPPED_CHANGED'))
				ORDER BY greatest(last_used_at, created_at) NULLS LAST, key_id LIMIT :count
				""")
			.param("run", runId)
			.param("source", source)
			.param("never", never.toArray(String[]::new))
			.param("count", count)
			.query(StoredKey::read)
			.list()
			.stream()
			.map(StoredKey::key)
			.toList();
	}

	private static StoredKey read(ResultSet row, int number) throws SQLException {
		return new StoredKey(StoredRecord.read(row), StoredTime.of(row, "known_use"),
				new Verdict(list(row, "findings"), list(row, "violations"), list(row, "exempted_by")));
	}

	private static List<@Nullable String> list(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return Arrays.asList((@Nullable String[]) array.getArray());
	}

}
