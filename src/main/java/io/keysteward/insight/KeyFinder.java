package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyId;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Searches a run's inventory.
 */
@Repository
public class KeyFinder {

	private static final String SELECT = """
			SELECT k.source, k.key_id, k.name, k.masked_key, k.project_id, k.project_name, k.owner_id, k.owner_name, k.owner_email,
			       k.status, k.kind, k.judgement, k.created_at, k.usage, coalesce(k.known_use, k.last_used_at) AS used_at,
			       k.known_use IS NOT NULL AS gone_back, k.idle_days, k.last_denied_at, k.referenced_by, k.findings, k.reasons, k.exempted_by, k.data_error,
			       a.closed_gates, a.due_at
			FROM keysteward.key_snapshot k
			LEFT JOIN keysteward.actions_of(:run) a ON a.source = k.source AND a.key_id = k.key_id AND a.action = 'DISABLE'
			WHERE k.run_id = :run
			""";

	private final JdbcClient jdbc;

	KeyFinder(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds the keys of a run's inventory that a search wants.
	 * @param runId the run whose inventory is searched
	 * @param limit the most keys to return
	 * @return the keys, exact ids first
	 */
	public List<FoundKey> find(long runId, KeySearch search, int limit) {
		return this.jdbc
			.sql(SELECT
					+ """
							AND (:text::text IS NULL OR k.source || '/' || k.key_id = :text
							     OR position(lower(:text) IN lower(concat_ws(E'\\n', k.key_id, k.name, k.masked_key, k.project_id,
							                                                k.project_name, k.owner_id, k.owner_name, k.owner_email))) > 0)
							AND (:source::text IS NULL OR k.source = :source)
							AND (:project::text IS NULL OR lower(:project) IN (lower(k.project_id), lower(k.project_name)))
							AND (:owner::text IS NULL
							     OR lower(:owner) IN (lower(k.owner_id), lower(k.owner_name), lower(k.owner_email)))
							AND (:rule::text IS NULL OR :rule = ANY (k.findings))
							AND (:level::text IS NULL OR (k.source, k.key_id) IN (
							       SELECT f.source, f.key_id FROM keysteward.findings_at(:run) f
							       WHERE f.level = :level AND f.rule = coalesce(:rule, f.rule)))
							AND (:gate::text IS NULL OR :gate = ANY (a.closed_gates))
							AND (:dueBefore::timestamptz IS NULL OR a.due_at < :dueBefore)
							ORDER BY (k.key_id = :text OR k.source || '/' || k.key_id = :text) DESC NULLS LAST, k.source, k.key_id
							LIMIT :limit
							""")
			.param("run", runId)
			.param("text", search.text())
			.param("source", search.source())
			.param("project", search.project())
			.param("owner", search.owner())
			.param("rule", search.rule())
			.param("level", (search.level() != null) ? search.level().name() : null)
			.param("gate", (search.gate() != null) ? search.gate().name() : null)
			.param("dueBefore",
					(search.dueBefore() != null) ? search.dueBefore().atStartOfDay().atOffset(ZoneOffset.UTC) : null,
					Types.TIMESTAMP_WITH_TIMEZONE)
			.param("limit", limit)
			.query(KeyFinder::key)
			.list();
	}

	/**
	 * {@return the key of this id; empty: the run's inventory has none}
	 */
	public Optional<FoundKey> get(long runId, KeyId key) {
		return this.jdbc.sql(SELECT + "AND k.source = :source AND k.key_id = :key")
			.param("run", runId)
			.param("source", key.source())
			.param("key", key.id())
			.query(KeyFinder::key)
			.optional();
	}

	private static FoundKey key(ResultSet row, int number) throws SQLException {
		return new FoundKey(row.getString("source"), row.getString("key_id"), row.getString("name"),
				row.getString("masked_key"), row.getString("project_id"), row.getString("project_name"),
				row.getString("owner_id"), row.getString("owner_name"), row.getString("owner_email"),
				row.getString("status"), row.getString("kind"), Judgement.valueOf(row.getString("judgement")),
				StoredTime.of(row, "created_at"), LastUse.of(row), row.getBoolean("gone_back"),
				row.getObject("idle_days", Integer.class), StoredTime.of(row, "last_denied_at"),
				row.getString("referenced_by"), StoredList.read(row, "findings"), StoredList.read(row, "reasons"),
				exemptedBy(row), row.getString("data_error"), StoredList.read(row, "closed_gates"),
				StoredTime.of(row, "due_at"));
	}

	private static List<@Nullable String> exemptedBy(ResultSet row) throws SQLException {
		return Arrays.asList((String[]) row.getArray("exempted_by").getArray());
	}

}
