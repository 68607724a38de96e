package io.keysteward.decision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.key.KeyId;
import io.keysteward.policy.Classification.Judgement;
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
		Map<KeyId, Instant> created = new HashMap<>();
		keys.forEach((key) -> created.put(key.key(), key.createdAt()));
		Map<KeyId, String> found = new HashMap<>();
		for (int from = 0; from < keys.size(); from += BLOCK) {
			List<KeyId> block = keys.subList(from, Math.min(from + BLOCK, keys.size()))
				.stream()
				.map(FlaggedRow::key)
				.toList();
			this.jdbc.sql("""
					SELECT k.source, k.key_id, s.judgement, s.created_at
					FROM unnest(:sources::text[], :keys::text[]) AS k (source, key_id)
					LEFT JOIN keysteward.key_snapshot s
					  ON s.run_id = :run AND s.source = k.source AND s.key_id = k.key_id
					""")
				.param("run", run.id())
				.param("sources", block.stream().map(KeyId::source).toArray(String[]::new))
				.param("keys", block.stream().map(KeyId::id).toArray(String[]::new))
				.query((row) -> {
					KeyId key = new KeyId(row.getString("source"), row.getString("key_id"));
					found.put(key, "run " + run.key() + " " + found(row, created.get(key)));
				});
		}
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
