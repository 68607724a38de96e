package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.run.NoticeKind;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the keys that a mail names, as the run found them.
 */
@Repository
public class NoticeKeys {

	private final JdbcClient jdbc;

	public NoticeKeys(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the keys, ordered by the day on which they may be disabled, then by source
	 * and name}
	 * @param notice the mail's row in the outbox
	 * @param run the run that sends it
	 * @param kind its kind, of which {@code DISABLED} and {@code RESTORED} are also
	 * outcomes
	 */
	public List<NamedKey> find(long notice, long run, NoticeKind kind) {
		return this.jdbc
			.sql("""
					SELECT k.source, k.key_id, s.name, s.masked_key, s.project_id, s.project_name, s.created_at,
					       coalesce(s.known_use, s.last_used_at) AS used_at, s.usage, a.due_at, d.done_at,
					       coalesce((d.evidence ->> 'effective_within_seconds')::float8, 60)::bigint AS effective_within,
					       ARRAY(SELECT u.reason FROM unnest(s.findings, s.reasons, s.exempted_by) AS u (rule, reason, exempted)
					             WHERE u.rule IN ('IDLE', 'ORPHANED') AND u.exempted IS NULL) AS reasons
					FROM keysteward.notice_key k
					LEFT JOIN keysteward.actions_of(:run) a
					  ON a.source = k.source AND a.key_id = k.key_id AND a.action = 'DISABLE'
					LEFT JOIN LATERAL (
					  SELECT d.run_id, d.done_at, d.evidence FROM keysteward.key_action d
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
			.param("run", run)
			.param("kind", kind.name())
			.param("notice", notice)
			.query(NoticeKeys::key)
			.list();
	}

	private static NamedKey key(ResultSet row, int number) throws SQLException {
		return new NamedKey(row.getString("source"), row.getString("key_id"), row.getString("name"),
				row.getString("masked_key"), row.getString("project_id"), row.getString("project_name"),
				StoredTime.of(row, "created_at"), LastUse.of(row).orNotKnown(), StoredList.read(row, "reasons"),
				StoredTime.of(row, "due_at"), StoredTime.of(row, "done_at"),
				Duration.ofSeconds(row.getLong("effective_within")));
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
	 * @param lastUse when it was last used
	 * @param reasons why it may be disabled, a sentence each
	 * @param dueAt the earliest time at which it may be disabled
	 * @param doneAt when it was disabled or restored
	 * @param effectiveWithin how long its system may still accept it after it is disabled
	 */
	public record NamedKey(String source, String keyId, @Nullable String name, @Nullable String maskedKey,
			@Nullable String projectId, @Nullable String projectName, @Nullable Instant createdAt, LastUse lastUse,
			List<String> reasons, @Nullable Instant dueAt, @Nullable Instant doneAt, Duration effectiveWithin) {
	}

}
