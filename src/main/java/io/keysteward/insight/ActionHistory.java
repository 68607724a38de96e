package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.keysteward.run.NoticeKind;
import io.keysteward.run.NoticeStatus;
import io.keysteward.run.Outcome;
import io.keysteward.run.Run;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads what was decided about one key, what was done to it, and who was told.
 */
@Repository
public class ActionHistory {

	private final JdbcClient jdbc;

	private final KeyEvents events;

	ActionHistory(JdbcClient jdbc, KeyEvents events) {
		this.jdbc = jdbc;
		this.events = events;
	}

	/**
	 * {@return what a run decided about a key, and what happened to it before and since}
	 */
	public KeyHistory read(FoundKey key, Run run) {
		return read(key, run, Long.MAX_VALUE);
	}

	/**
	 * {@return the same as it was known after the run, before the next one}
	 */
	public KeyHistory readAsOf(FoundKey key, Run run) {
		return read(key, run, run.id());
	}

	private KeyHistory read(FoundKey key, Run run, long upto) {
		return new KeyHistory(key, run, decided(run.id(), upto, key.source(), key.keyId()).orElse(null),
				done(key.source(), key.keyId(), upto), mails(key.source(), key.keyId(), upto),
				this.events.read(key.source(), key.keyId(), upto, KeyHistory.MOST + 1));
	}

	private Optional<Decided> decided(long runId, long upto, String source, String keyId) {
		return this.jdbc.sql("SELECT " + ActionState.OF_DISABLING + """
				AS state, a.closed_gates, a.detail, a.due_at, u.run_key AS restored_by
				FROM keysteward.actions_of(:run) a
				LEFT JOIN keysteward.run u ON u.run_id = a.restored_by_run AND u.run_id <= :upto
				WHERE a.source = :source AND a.key_id = :key AND a.action = 'DISABLE'
				""")
			.param("run", runId)
			.param("upto", upto)
			.param("source", source)
			.param("key", keyId)
			.query(ActionHistory::decision)
			.optional();
	}

	/**
	 * {@return the first reason why a key of a run could not be disabled, or not yet}
	 */
	public String whyFailed(long runId) {
		return this.jdbc.sql("""
				SELECT detail FROM keysteward.key_action
				WHERE run_id = :run AND action = 'DISABLE' AND failure IS NOT NULL AND detail IS NOT NULL
				ORDER BY action_id LIMIT 1
				""").param("run", runId).query(String.class).optional().orElse(ActionText.NO_REASON);
	}

	/**
	 * {@return the first reason why the run could not switch on a key that was tried
	 * within its trial; empty: it could, or had none}
	 */
	public Optional<String> whyNotRestored(long runId) {
		return this.jdbc.sql("""
				SELECT coalesce(detail, :none) FROM keysteward.key_action
				WHERE run_id = :run AND action = 'RESTORE' AND (outcome IS NULL OR outcome = 'FAILED')
				ORDER BY action_id LIMIT 1
				""").param("run", runId).param("none", ActionText.NO_REASON).query(String.class).optional();
	}

	private List<ActionRecord> done(String source, String keyId, long upto) {
		return this.jdbc.sql("""
				SELECT a.done_at, a.action, a.outcome, a.detail, r.run_key, u.run_key AS restored_by
				FROM keysteward.key_action a JOIN keysteward.run r USING (run_id)
				LEFT JOIN keysteward.run u ON u.run_id = a.restored_by_run AND u.run_id <= :upto
				WHERE a.source = :source AND a.key_id = :key AND a.run_id <= :upto
				  AND a.intended_at IS NOT NULL AND a.done_at IS NOT NULL
				ORDER BY a.done_at DESC, a.action_id DESC LIMIT :count
				""")
			.param("source", source)
			.param("key", keyId)
			.param("upto", upto)
			.param("count", KeyHistory.MOST + 1)
			.query((row, number) -> new ActionRecord(StoredTime.required(row, "done_at"),
					Act.valueOf(row.getString("action")), Outcome.valueOf(row.getString("outcome")),
					row.getString("detail"), row.getString("run_key"), row.getString("restored_by")))
			.list();
	}

	private List<Mail> mails(String source, String keyId, long upto) {
		return this.jdbc
			.sql("""
					SELECT coalesce(n.sent_at, n.created_at) AS at, n.kind, n.status, n.recipient, n.detail, n.channel, coalesce(n.posted, false) AS posted, r.run_key
					FROM keysteward.notice_key k JOIN keysteward.notice n USING (notice_id)
					JOIN keysteward.run r ON r.run_id = n.run_id
					WHERE k.source = :source AND k.key_id = :key AND n.run_id <= :upto
					ORDER BY at DESC, n.notice_id DESC LIMIT :count
					""")
			.param("source", source)
			.param("key", keyId)
			.param("upto", upto)
			.param("count", KeyHistory.MOST + 1)
			.query((row, number) -> new Mail(StoredTime.required(row, "at"), NoticeKind.valueOf(row.getString("kind")),
					NoticeStatus.valueOf(row.getString("status")), row.getString("recipient"), row.getString("detail"),
					row.getString("channel"), row.getBoolean("posted"), row.getString("run_key")))
			.list();
	}

	private static Decided decision(ResultSet row, int number) throws SQLException {
		return new Decided(ActionState.valueOf(row.getString("state")), StoredList.read(row, "closed_gates"),
				row.getString("detail"), StoredTime.of(row, "due_at"), row.getString("restored_by"));
	}

	/**
	 * A run's decision on a key. Text is untrusted.
	 *
	 * @param state how it stands
	 * @param closedGates the gates that held it
	 * @param detail why, in sentences
	 * @param dueAt when it may be disabled if nothing changes; null: not in sight
	 * @param restoredBy the run that undid it; null: none did
	 */
	record Decided(ActionState state, List<String> closedGates, @Nullable String detail, @Nullable Instant dueAt,
			@Nullable String restoredBy) {
	}

	/**
	 * The kinds of action on a key.
	 */
	enum Act {

		/** It is switched off. */
		DISABLE,

		/** It is switched on again. */
		RESTORE

	}

	/**
	 * A mail, or a message to a channel, that names a key. Text is untrusted.
	 *
	 * @param at when it was accepted, or when it was queued
	 * @param kind what it is about
	 * @param status its status
	 * @param recipient its addresses, or the channel
	 * @param detail why it was refused, or by whom
	 * @param channel the channel's id; null: it is a mail
	 * @param posted whether the channel's answer proves that it has posted the message
	 * @param runKey the run that sent it
	 */
	record Mail(Instant at, NoticeKind kind, NoticeStatus status, String recipient, @Nullable String detail,
			@Nullable String channel, boolean posted, String runKey) {
	}

	/**
	 * An action on a key, or an attempt. Text is untrusted.
	 *
	 * @param at when
	 * @param action the intended action
	 * @param outcome what became of it
	 * @param detail why
	 * @param runKey the run that did it
	 * @param restoredBy the run that restored the key; null: none
	 */
	record ActionRecord(Instant at, Act action, Outcome outcome, @Nullable String detail, String runKey,
			@Nullable String restoredBy) {
	}

}
