package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.keysteward.key.KeyContact;
import io.keysteward.key.KeyId;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.Run;
import io.keysteward.run.StoredContact;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What owners are to be told in a run, from what is stored of it and of the runs before.
 */
@Repository
public class DueNotices {

	/** Older deeds are no news: mail may have been switched on only now. */
	private static final Duration NEWS = Duration.ofDays(30);

	private final JdbcClient jdbc;

	public DueNotices(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return what is due, and who is recorded to have got it already}
	 */
	public List<DueNotice> of(Run run) {
		List<DueNotice> items = new ArrayList<>(announced(run));
		items.addAll(done(run));
		return items;
	}

	/** While exemptions cannot be read, a warning could go to somebody who has one. */
	private List<DueNotice> announced(Run run) {
		return this.jdbc
			.sql("""
					SELECT a.next_notice AS kind, a.source, a.key_id, s.project_id, s.owner_id, s.owner_email, s.owner_state, o.new_owner,
					       g.mailed, g.channels, a.due_at
					FROM keysteward.actions_of(:run) a
					     JOIN keysteward.key_snapshot s
					     ON s.run_id = :run AND s.source = a.source AND s.key_id = a.key_id
					     LEFT JOIN keysteward.named_owner o
					     ON o.source = s.source AND o.key_id = s.key_id AND o.key_created_at IS NOT DISTINCT FROM s.created_at
					CROSS JOIN LATERAL (
					  SELECT coalesce(bool_or(n.channel IS NULL), false) AS mailed,
					         array_agg(n.channel) FILTER (WHERE n.channel IS NOT NULL) AS channels
					  FROM keysteward.notice n JOIN keysteward.notice_key k USING (notice_id)
					  WHERE k.source = a.source AND k.key_id = a.key_id AND n.run_id = :run
					    AND n.kind = a.next_notice AND n.status = 'SENT') g
					WHERE a.action = 'DISABLE' AND a.next_notice IS NOT NULL
					  AND a.outcome IS DISTINCT FROM 'DISABLED'
					  AND NOT EXISTS (SELECT FROM keysteward.run_hold h WHERE h.run_id = :run AND h.gate = 'EXEMPT')
					""")
			.param("run", run.id())
			.query(DueNotices::notice)
			.list();
	}

	/**
	 * The last that was done to a key, also in an earlier run whose mail never went: an
	 * owner whose key was switched off has to hear of it. What a mail of an earlier run
	 * has told is no news, not even for a channel that does not have it.
	 */
	private List<DueNotice> done(Run run) {
		return this.jdbc
			.sql("""
					WITH done AS (
					  SELECT DISTINCT ON (a.source, a.key_id) a.source, a.key_id, a.outcome, a.run_id, a.restored_by_run
					  FROM keysteward.key_action a JOIN keysteward.run r USING (run_id)
					  WHERE a.outcome IN ('DISABLED', 'RESTORED') AND a.run_id <= :run AND r.as_of > :since
					    AND a.source = ANY (:sources::text[])
					  ORDER BY a.source, a.key_id, a.action_id DESC)
					SELECT d.outcome AS kind, d.source, d.key_id, s.project_id, s.owner_id, s.owner_email, s.owner_state, o.new_owner,
					       g.mailed, g.channels, NULL::timestamptz AS due_at
					FROM done d LEFT JOIN LATERAL (
					  SELECT * FROM keysteward.key_snapshot s
					  WHERE s.source = d.source AND s.key_id = d.key_id AND s.run_id <= :run
					  ORDER BY s.run_id DESC LIMIT 1) s ON true
					LEFT JOIN keysteward.named_owner o
					ON o.source = s.source AND o.key_id = s.key_id AND o.key_created_at IS NOT DISTINCT FROM s.created_at
					CROSS JOIN LATERAL (
					  SELECT coalesce(bool_or(n.channel IS NULL), false) AS mailed,
					         coalesce(bool_or(n.channel IS NULL AND n.run_id < :run), false) AS mailed_before,
					         array_agg(n.channel) FILTER (WHERE n.channel IS NOT NULL) AS channels
					  FROM keysteward.notice n JOIN keysteward.notice_key k USING (notice_id)
					  WHERE k.source = d.source AND k.key_id = d.key_id AND n.run_id >= d.run_id
					    AND n.kind = d.outcome AND n.status = 'SENT') g
					WHERE d.restored_by_run IS NULL AND NOT g.mailed_before
					""")
			.param("run", run.id())
			.param("since", run.asOf().minus(NEWS).atOffset(ZoneOffset.UTC))
			.param("sources", run.sources().toArray(String[]::new))
			.query(DueNotices::notice)
			.list();
	}

	private static DueNotice notice(ResultSet row, int number) throws SQLException {
		String source = row.getString("source");
		return new DueNotice(NoticeKind.valueOf(row.getString("kind")), new KeyId(source, row.getString("key_id")),
				StoredContact.read(row), row.getBoolean("mailed"), Set.copyOf(StoredList.read(row, "channels")),
				StoredTime.of(row, "due_at"));
	}

	/**
	 * What is to be told of a key.
	 *
	 * @param kind what is to be told
	 * @param key the key
	 * @param contact who could be told
	 * @param mailed whether a mail has told it
	 * @param channels the channels that have it
	 * @param dueAt the earliest time at which the key may be disabled; null: not in sight
	 */
	public record DueNotice(NoticeKind kind, KeyId key, KeyContact contact, boolean mailed, Set<String> channels,
			@Nullable Instant dueAt) {
	}

}
