package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.keysteward.key.Level;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * One finding as a run has left it: opened, still open, exempt or ended. Text is
 * untrusted.
 *
 * @param source the source's id
 * @param keyId the key's id
 * @param rule the rule's code
 * @param state what the run made of it
 * @param level its level; of one that ended, the last; of an exempt one, by the rule
 * alone
 * @param firstSeen when it was first seen; null: it is exempt, and not followed
 * @param reason why, or why it ended, as a sentence; null: the key's row is not kept
 * @param exemptBy the exemption that covers it; null: none
 * @param name what people call the key
 * @param maskedKey its masked value
 * @param projectId its project's id
 * @param projectName its project's name
 * @param ownerId its owner's id
 * @param ownerName its owner's name
 * @param ownerEmail its owner's address
 * @param createdAt when it was created
 * @param lastUse when it was last used
 * @param idleDays days without use; null: not known
 * @param right whether it has ended since what was wrong is right now
 */
public record FindingState(String source, String keyId, String rule, State state, Level level,
		@Nullable Instant firstSeen, @Nullable String reason, @Nullable String exemptBy, @Nullable String name,
		@Nullable String maskedKey, @Nullable String projectId, @Nullable String projectName, @Nullable String ownerId,
		@Nullable String ownerName, @Nullable String ownerEmail, @Nullable Instant createdAt, LastUse lastUse,
		@Nullable Integer idleDays, boolean right) {

	private static final String SELECT = """
			SELECT k.source, k.key_id, u.rule, u.reason, u.exempted_by,
			       CASE WHEN u.exempted_by IS NOT NULL THEN 'EXEMPT' WHEN e.event = 'OPENED' THEN 'NEW' ELSE 'OPEN' END AS state,
			       coalesce(f.level, CASE WHEN u.rule = ANY (k.violations) THEN 'VIOLATION' ELSE 'WARN' END) AS level,
			       f.first_seen_at, k.name, k.masked_key, k.project_id, k.project_name, k.owner_id, k.owner_name, k.owner_email,
			       k.created_at, k.usage, coalesce(k.known_use, k.last_used_at) AS used_at, k.idle_days
			FROM keysteward.key_snapshot k
			CROSS JOIN LATERAL unnest(k.findings, k.reasons, k.exempted_by) AS u (rule, reason, exempted_by)
			LEFT JOIN keysteward.findings_at(:run) f ON f.source = k.source AND f.key_id = k.key_id AND f.rule = u.rule
			LEFT JOIN keysteward.finding_event e
			       ON e.run_id = :run AND e.source = k.source AND e.key_id = k.key_id AND e.rule = u.rule
			WHERE k.run_id = :run AND k.judgement = 'JUDGED' AND k.findings <> '{}'
			UNION ALL
			SELECT e.source, e.key_id, e.rule, e.resolution, NULL, 'ENDED', e.level, e.first_seen_at, k.name, k.masked_key,
			       k.project_id, k.project_name, k.owner_id, k.owner_name, k.owner_email, k.created_at, k.usage,
			       coalesce(k.known_use, k.last_used_at), k.idle_days
			FROM keysteward.finding_event e
			LEFT JOIN keysteward.key_snapshot k ON k.run_id = :run AND k.source = e.source AND k.key_id = e.key_id
			WHERE e.run_id = :run AND e.event = 'RESOLVED'
			  -- What an exemption ended is above.
			  AND (k.judgement = 'JUDGED' AND e.rule = ANY (k.findings)) IS NOT TRUE
			""";

	/**
	 * {@return every finding of a run, and what ended in it, by key and rule}
	 */
	public static Rows<FindingState> rows(RunView stored) {
		long count = stored.sql("SELECT count(*) FROM (" + SELECT + ") f").query(Long.class).single();
		return new Rows<>(count, (consumer) -> stored
			.sql("SELECT * FROM (" + SELECT + ") f ORDER BY source COLLATE \"C\", key_id COLLATE \"C\", rule, state")
			.query(Rows.handler(FindingState::of, consumer)));
	}

	private static FindingState of(ResultSet row, int number) throws SQLException {
		State state = State.valueOf(row.getString("state"));
		String reason = row.getString("reason");
		return new FindingState(row.getString("source"), row.getString("key_id"), row.getString("rule"), state,
				Level.valueOf(row.getString("level")), StoredTime.of(row, "first_seen_at"),
				(state == State.ENDED && reason != null) ? Resolution.sentence(reason) : reason,
				row.getString("exempted_by"), row.getString("name"), row.getString("masked_key"),
				row.getString("project_id"), row.getString("project_name"), row.getString("owner_id"),
				row.getString("owner_name"), row.getString("owner_email"), StoredTime.of(row, "created_at"),
				LastUse.of(row), row.getObject("idle_days", Integer.class),
				state == State.ENDED && reason != null && Resolution.isRight(reason));
	}

	/**
	 * What a run makes of a finding.
	 */
	public enum State {

		/** It is seen for the first time. */
		NEW,

		/** It was open before. */
		OPEN,

		/** An exemption covers it. */
		EXEMPT,

		/** It was open before, and is not any more. */
		ENDED

	}

}
