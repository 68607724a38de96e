package io.keysteward.notice;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import io.keysteward.notice.OwnerOutbox.Queued;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is known of the keys that a mail names, as the run found them.
 */
@Repository
class NamedKeys {

	private final JdbcClient jdbc;

	NamedKeys(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the keys, the first that may be disabled first, then by source and name}
	 */
	List<NamedKey> of(Queued mail) {
		return this.jdbc
			.sql("""
					SELECT k.source, k.key_id, s.name, s.masked_key, s.project_id, s.project_name, s.created_at,
					       coalesce(s.known_use, s.last_used_at) AS last_used_at, s.usage, a.due_at, d.done_at,
					       ARRAY(SELECT u.reason FROM unnest(s.findings, s.reasons, s.exempted_by) AS u (rule, reason, exempted)
					             WHERE u.rule IN ('IDLE', 'ORPHANED') AND u.exempted IS NULL) AS reasons
					FROM keysteward.notice_key k
					LEFT JOIN keysteward.key_action a
					  ON a.run_id = :run AND a.source = k.source AND a.key_id = k.key_id AND a.action = 'DISABLE'
					LEFT JOIN LATERAL (
					  SELECT d.run_id, d.done_at FROM keysteward.key_action d
					  WHERE d.source = k.source AND d.key_id = k.key_id AND d.outcome = :kind AND d.run_id <= :run
					  ORDER BY d.action_id DESC LIMIT 1) d ON true
					LEFT JOIN LATERAL (
					  SELECT * FROM keysteward.key_snapshot s
					  WHERE s.source = k.source AND s.key_id = k.key_id
					    AND s.run_id <= CASE :kind WHEN 'DISABLED' THEN d.run_id ELSE :run END
					  ORDER BY s.run_id DESC LIMIT 1) s ON true
					WHERE k.notice_id = :notice
					ORDER BY a.due_at, k.source, s.name, k.key_id
					""")
			.param("run", mail.notice().runId())
			.param("kind", mail.notice().kind().name())
			.param("notice", mail.id())
			.query(NamedKeys::key)
			.list();
	}

	private static NamedKey key(ResultSet row, int number) throws SQLException {
		return new NamedKey(row.getString("source"), row.getString("key_id"), row.getString("name"),
				row.getString("masked_key"), row.getString("project_id"), row.getString("project_name"),
				instant(row, "created_at"), instant(row, "last_used_at"), row.getString("usage"),
				texts(row.getArray("reasons")), instant(row, "due_at"), instant(row, "done_at"));
	}

	private static List<String> texts(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * A key as a mail names it. Its texts are untrusted.
	 *
	 * @param source the source's id
	 * @param keyId its id
	 * @param name its name
	 * @param maskedKey its masked value
	 * @param projectId its project
	 * @param projectName the project's name
	 * @param createdAt when it was made
	 * @param lastUsedAt when it was last used
	 * @param usage {@code USED}, {@code NEVER_USED}, {@code UNKNOWN}; null: no inventory
	 * has it any more
	 * @param reasons why it may be disabled, a sentence each
	 * @param dueAt the earliest that it may be disabled
	 * @param doneAt when it was disabled or restored
	 */
	record NamedKey(String source, String keyId, @Nullable String name, @Nullable String maskedKey,
			@Nullable String projectId, @Nullable String projectName, @Nullable Instant createdAt,
			@Nullable Instant lastUsedAt, @Nullable String usage, List<String> reasons, @Nullable Instant dueAt,
			@Nullable Instant doneAt) {
	}

}
