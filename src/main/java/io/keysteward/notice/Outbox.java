package io.keysteward.notice;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;

import io.keysteward.run.NoticeKind;
import io.keysteward.run.NoticeStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code notice}: mails and messages to channels, and the proof of sent ones.
 * Each change commits at once, since no rollback can undo a mail.
 */
@Repository
public class Outbox {

	/** The log message for a mail found as {@code SENDING}. */
	public static final String PERHAPS_SENT = "mail {} was being sent when its process ended; whether the server took it is not"
			+ " known: it is sent again, with the same id";

	/** The same for a message to a channel. */
	public static final String PERHAPS_POSTED = "message {} to {} was being posted when its process ended; whether the"
			+ " channel took it is not known: it is posted again, with the same id";

	private static final String SENT = """
			UPDATE keysteward.notice
			SET status = 'SENT', sent_at = :now, recipient = :recipient, detail = :detail, posted = :posted
			WHERE message_id = :id
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	private final TransactionTemplate newTransaction;

	public Outbox(JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.newTransaction = new TransactionTemplate(transactions);
		this.newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Records that a message is to be sent; a known message keeps its state.
	 * @return its state
	 */
	public NoticeStatus pending(Notice notice) {
		change("""
				INSERT INTO keysteward.notice (run_id, kind, recipient, channel, message_id, status)
				VALUES (:run, :kind, :recipient, :channel, :id, 'PENDING')
				ON CONFLICT (message_id) DO NOTHING
				""", notice, null, null);
		return status(notice.messageId()).orElseThrow();
	}

	/**
	 * Records that sending begins. If a crash leaves this state, the message may have
	 * gone out, and is sent again with the same id.
	 */
	public void sending(Notice notice) {
		change("""
				UPDATE keysteward.notice SET status = 'SENDING', recipient = :recipient, detail = NULL
				WHERE message_id = :id
				""", notice, null, null);
	}

	/**
	 * Records that the server accepted the message for these recipients.
	 * @param detail a remark; null: none
	 */
	public void sent(Notice notice, @Nullable String detail) {
		change(SENT, notice, detail, null);
	}

	/**
	 * Records that a channel took the message.
	 * @param proven whether its answer proves that it has posted the message
	 * @param detail its answer, a remark where it proves nothing
	 */
	public void posted(Notice notice, boolean proven, String detail) {
		change(SENT, notice, proven ? null : detail, proven);
	}

	/**
	 * Records in one line why the server refused the message.
	 */
	public void failed(Notice notice, String detail) {
		change("UPDATE keysteward.notice SET status = 'FAILED', detail = :detail WHERE message_id = :id", notice,
				detail, null);
	}

	/**
	 * {@return the state of a message, if it is known}
	 */
	public Optional<NoticeStatus> status(String messageId) {
		return this.jdbc.sql("SELECT status FROM keysteward.notice WHERE message_id = :id")
			.param("id", messageId)
			.query(String.class)
			.optional()
			.map(NoticeStatus::valueOf);
	}

	/**
	 * {@return whether a message was sent, or its process ended while it was being sent}
	 */
	public boolean mayHaveBeenSent(String messageId) {
		return status(messageId).filter((status) -> status == NoticeStatus.SENT || status == NoticeStatus.SENDING)
			.isPresent();
	}

	/**
	 * {@return the recipients for whom a message was accepted, joined by commas; empty:
	 * it was not}
	 */
	public Optional<String> acceptedFor(String messageId) {
		return this.jdbc.sql("SELECT recipient FROM keysteward.notice WHERE message_id = :id AND status = 'SENT'")
			.param("id", messageId)
			.query(String.class)
			.optional();
	}

	/**
	 * {@return whether the last attempt to send this recipient a report failed, in this
	 * run or an earlier one}
	 */
	public boolean failedBefore(Notice report) {
		return this.jdbc.sql("""
				SELECT status = 'FAILED' FROM keysteward.notice
				WHERE kind = :kind AND lower(recipient) = lower(:recipient) AND status IN ('SENT', 'FAILED')
				ORDER BY notice_id DESC LIMIT 1
				""")
			.param("kind", report.kind().name())
			.param("recipient", report.recipient())
			.query(Boolean.class)
			.optional()
			.orElse(false);
	}

	private void change(String sql, Notice notice, @Nullable String detail, @Nullable Boolean posted) {
		this.newTransaction.executeWithoutResult((status) -> this.jdbc.sql(sql)
			.param("run", notice.runId())
			.param("kind", notice.kind().name())
			.param("recipient", notice.recipient())
			.param("id", notice.messageId())
			.param("channel", notice.channel())
			.param("posted", posted)
			.param("detail", detail)
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update());
	}

	/**
	 * A message of the outbox.
	 *
	 * @param runId the run that sends it
	 * @param kind what it is about
	 * @param recipient its addresses, joined by commas
	 * @param messageId its id, the same at every attempt
	 * @param channel the id of the channel to which it is posted; null: it is a mail
	 */
	public record Notice(long runId, NoticeKind kind, String recipient, String messageId, @Nullable String channel) {

		/** A mail. */
		public Notice(long runId, NoticeKind kind, String recipient, String messageId) {
			this(runId, kind, recipient, messageId, null);
		}
	}

}
