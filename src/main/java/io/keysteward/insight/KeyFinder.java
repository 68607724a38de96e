package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import io.keysteward.policy.Classification.Judgement;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Searches a run's inventory by a part of a key's id, name, project, owner or mask.
 */
@Repository
public class KeyFinder {

	private final JdbcClient jdbc;

	KeyFinder(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds keys that contain the text, ignoring case; {@code source/id} finds one key.
	 * @param runId the run whose inventory is searched
	 * @param text the literal text to look for
	 * @param limit the most keys to return
	 * @return the keys, exact ids first
	 */
	public List<FoundKey> find(long runId, String text, int limit) {
		return this.jdbc
			.sql("""
					SELECT source, key_id, name, masked_key, project_id, project_name, owner_id, owner_name, owner_email, status, judgement,
					       created_at, usage, coalesce(known_use, last_used_at) AS used_at, known_use IS NOT NULL AS gone_back,
					       idle_days, findings, reasons, exempted_by, data_error
					FROM keysteward.key_snapshot
					WHERE run_id = :run
					  AND (source || '/' || key_id = :text
					       OR position(lower(:text) IN lower(concat_ws(E'\\n', key_id, name, masked_key, project_id,
					                                                  project_name, owner_id, owner_name, owner_email))) > 0)
					ORDER BY (key_id = :text OR source || '/' || key_id = :text) DESC, source, key_id
					LIMIT :limit
					""")
			.param("run", runId)
			.param("text", text)
			.param("limit", limit)
			.query(KeyFinder::key)
			.list();
	}

	private static FoundKey key(ResultSet row, int number) throws SQLException {
		return new FoundKey(row.getString("source"), row.getString("key_id"), row.getString("name"),
				row.getString("masked_key"), row.getString("project_id"), row.getString("project_name"),
				row.getString("owner_id"), row.getString("owner_name"), row.getString("owner_email"),
				row.getString("status"), Judgement.valueOf(row.getString("judgement")),
				StoredTime.of(row, "created_at"), LastUse.of(row), row.getBoolean("gone_back"),
				row.getObject("idle_days", Integer.class), StoredList.read(row, "findings"),
				StoredList.read(row, "reasons"), exemptedBy(row), row.getString("data_error"));
	}

	private static List<@Nullable String> exemptedBy(ResultSet row) throws SQLException {
		return Arrays.asList((String[]) row.getArray("exempted_by").getArray());
	}

}
