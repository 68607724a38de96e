package io.keysteward.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyId;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.Run;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The outbox for owners: the queued mails of a run, and its messages to channels, with
 * the keys that each of them names.
 */
@Repository
public class OwnerOutbox {

	private final JdbcClient jdbc;

	public OwnerOutbox(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Queues an unsent mail, or a message to a channel, with exactly these keys.
	 */
	public void queue(Notice notice, Collection<KeyId> keys) {
		long id = this.jdbc.sql("""
				INSERT INTO keysteward.notice AS n (run_id, kind, recipient, channel, message_id, status)
				VALUES (:run, :kind, :recipient, :channel, :id, 'PENDING')
				ON CONFLICT (message_id) DO UPDATE
				SET recipient = excluded.recipient, detail = NULL,
				    status = CASE n.status WHEN 'FAILED' THEN 'PENDING' ELSE n.status END
				RETURNING notice_id
				""")
			.param("run", notice.runId())
			.param("kind", notice.kind().name())
			.param("recipient", notice.recipient())
			.param("channel", notice.channel())
			.param("id", notice.messageId())
			.query(Long.class)
			.single();
		this.jdbc.sql("DELETE FROM keysteward.notice_key WHERE notice_id = :id").param("id", id).update();
		this.jdbc.sql("""
				INSERT INTO keysteward.notice_key (notice_id, source, key_id, announced_at, contact)
				SELECT :id, k.source, k.key_id, a.due_at,
				       CASE WHEN s.key_id IS NOT NULL THEN
				         keysteward.key_contact(o.new_owner, s.owner_id, s.owner_email, s.owner_state, s.project_id) END
				FROM unnest(:sources::text[], :keys::text[]) AS k (source, key_id)
				LEFT JOIN keysteward.key_snapshot s ON s.run_id = :run AND s.source = k.source AND s.key_id = k.key_id
				LEFT JOIN keysteward.named_owner o ON o.source = s.source AND o.key_id = s.key_id
				                                  AND o.key_created_at IS NOT DISTINCT FROM s.created_at
				LEFT JOIN keysteward.actions_of(:run) a
				  ON a.source = k.source AND a.key_id = k.key_id AND a.action = 'DISABLE'
				""")
			.param("id", id)
			.param("run", notice.runId())
			.param("sources", keys.stream().map(KeyId::source).toArray(String[]::new))
			.param("keys", keys.stream().map(KeyId::id).toArray(String[]::new))
			.update();
	}

	/**
	 * Removes the keys from a mail or message that its text does not name, so that they
	 * do not count as notified.
	 * @return the number of removed keys
	 */
	public int nameOnly(long id, Collection<KeyId> named) {
		return this.jdbc.sql("""
				DELETE FROM keysteward.notice_key k
				WHERE notice_id = :id AND NOT EXISTS (
				  SELECT FROM unnest(:sources::text[], :keys::text[]) AS n (source, key_id)
				  WHERE n.source = k.source AND n.key_id = k.key_id)
				""")
			.param("id", id)
			.param("sources", named.stream().map(KeyId::source).toArray(String[]::new))
			.param("keys", named.stream().map(KeyId::id).toArray(String[]::new))
			.update();
	}

	/**
	 * {@return whether the run has a mail about a key of this message to a channel, too}
	 */
	public boolean isAlsoMailed(Queued message) {
		return this.jdbc.sql("""
				SELECT EXISTS (
				  SELECT FROM keysteward.notice_key k
				  JOIN keysteward.notice_key m ON m.source = k.source AND m.key_id = k.key_id
				  JOIN keysteward.notice n ON n.notice_id = m.notice_id
				  WHERE k.notice_id = :id AND n.run_id = :run AND n.kind = :kind AND n.channel IS NULL)
				""")
			.param("id", message.id())
			.param("run", message.notice().runId())
			.param("kind", message.notice().kind().name())
			.query(Boolean.class)
			.single();
	}

	/**
	 * Withdraws queued mails and messages of the run that are no longer to be sent.
	 * @param queued the message ids that stay
	 * @return the number of those withdrawn
	 */
	public int withdrawOthers(Run run, Collection<String> queued) {
		return this.jdbc.sql("""
				UPDATE keysteward.notice
				SET status = 'FAILED', detail = 'Withdrawn: it was not to be sent any more when the run was continued.'
				WHERE run_id = :run AND kind <> 'REPORT' AND status IN ('PENDING', 'SENDING')
				  AND message_id <> ALL (:queued::text[])
				""").param("run", run.id()).param("queued", queued.toArray(String[]::new)).update();
	}

	/**
	 * {@return the run's next queued mail or message to a channel}
	 */
	public Optional<Queued> next(Run run) {
		return this.jdbc.sql("""
				SELECT notice_id, run_id, kind, recipient, message_id, channel FROM keysteward.notice
				WHERE run_id = :run AND kind <> 'REPORT' AND status IN ('PENDING', 'SENDING')
				ORDER BY notice_id LIMIT 1
				""").param("run", run.id()).query(OwnerOutbox::queued).optional();
	}

	/**
	 * {@return the counts of the run's mails to owners by state}
	 */
	public Tally tally(Run run) {
		return tally(run, true);
	}

	/**
	 * {@return the same of its messages to channels of owners}
	 */
	public Tally tallyOfChannels(Run run) {
		return tally(run, false);
	}

	private Tally tally(Run run, boolean mail) {
		return this.jdbc.sql("""
				SELECT count(DISTINCT notice_id) FILTER (WHERE status = 'SENT') AS sent,
				       count(DISTINCT (k.source, k.key_id)) FILTER (WHERE status = 'SENT') AS keys,
				       count(DISTINCT notice_id) FILTER (WHERE status = 'FAILED') AS failed,
				       count(DISTINCT notice_id) FILTER (WHERE status IN ('PENDING', 'SENDING')) AS waiting
				FROM keysteward.notice LEFT JOIN keysteward.notice_key k USING (notice_id)
				WHERE run_id = :run AND kind <> 'REPORT' AND (channel IS NULL) = :mail
				""").param("run", run.id()).param("mail", mail).query(Tally.class).single();
	}

	private static Queued queued(ResultSet row, int number) throws SQLException {
		return new Queued(row.getLong("notice_id"),
				new Notice(row.getLong("run_id"), NoticeKind.valueOf(row.getString("kind")), row.getString("recipient"),
						row.getString("message_id"), row.getString("channel")));
	}

	/**
	 * The counts of a run's mails, or messages, to owners by state.
	 *
	 * @param sent those that the server, or the channel, accepted
	 * @param keys distinct keys in them
	 * @param failed those that were refused or withdrawn
	 * @param waiting those still to be sent
	 */
	public record Tally(long sent, long keys, long failed, long waiting) {
	}

	/**
	 * A queued mail, or a queued message to a channel.
	 *
	 * @param id its row
	 * @param notice the mail or message
	 */
	public record Queued(long id, Notice notice) {

		/**
		 * {@return its addresses, or its channel; no queued address has a comma}
		 */
		public List<String> recipients() {
			return List.of(this.notice.recipient().split(", "));
		}

	}

}
