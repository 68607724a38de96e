package io.keysteward.disabling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.run.Gate;
import io.keysteward.run.Outcome;
import io.keysteward.run.StoredTime;
import io.keysteward.source.KeySwitch;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The table {@code key_action}: what is to be done to a key, that it is about to be done,
 * and what came of it. Each statement is committed by itself, before the next thing
 * happens. Its times are those of the clock by which runs are judged.
 */
@Repository
class KeyActions {

	private static final String SELECT = """
			SELECT a.action_id, a.run_id, a.source, a.key_id, a.undo, r.as_of
			FROM keysteward.key_action a JOIN keysteward.run r USING (run_id)
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	KeyActions(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * {@return the next key of the run that is to be disabled and has not been begun}
	 * @param after the action that was the last one
	 */
	Optional<Action> nextDue(long runId, long after) {
		return this.jdbc.sql(SELECT + """
				WHERE a.run_id = :run AND a.action = 'DISABLE' AND a.decision = 'DUE' AND a.outcome IS NULL
				  AND a.intended_at IS NULL AND a.action_id > :after AND r.mode = 'DISABLE'
				ORDER BY a.action_id LIMIT 1
				""").param("run", runId).param("after", after).query(KeyActions::action).optional();
	}

	/**
	 * {@return the key of an action, as its run has read and judged it}
	 */
	StoredKey stored(Action action) {
		return StoredKey.of(this.jdbc, action.runId(), action.key());
	}

	/**
	 * {@return keys of the run that may be disabled as far as their kind goes, the one
	 * first that has not been used for longest}
	 */
	List<KeyRecord> longestUnused(long runId, String source, Set<String> neverDisableKinds) {
		return StoredKey.longestUnused(this.jdbc, runId, source, neverDisableKinds, Rehearsal.KEYS);
	}

	/**
	 * {@return what was begun and has no outcome yet, of all runs}
	 */
	List<Action> unsettled(String action) {
		return this.jdbc.sql(SELECT + """
				WHERE a.action = :action AND a.intended_at IS NOT NULL AND a.outcome IS NULL ORDER BY a.action_id
				""").param("action", action).query(KeyActions::action).list();
	}

	/**
	 * {@return what a run has disabled and nobody has restored}
	 */
	List<Action> disabledBy(long runId) {
		return this.jdbc.sql(SELECT + """
				WHERE a.run_id = :run AND a.action = 'DISABLE' AND a.outcome = 'DISABLED' AND a.restored_by_run IS NULL
				ORDER BY a.action_id
				""").param("run", runId).query(KeyActions::action).list();
	}

	/**
	 * {@return how many keys a run has disabled, restored since or not}
	 */
	long countDisabledBy(long runId) {
		return this.jdbc.sql("""
				SELECT count(*) FROM keysteward.key_action
				WHERE run_id = :run AND action = 'DISABLE' AND outcome = 'DISABLED'
				""").param("run", runId).query(Long.class).single();
	}

	/**
	 * {@return the last time that a key was disabled, if it ever was}
	 */
	Optional<Action> lastDisabled(KeyId key) {
		return this.jdbc.sql(SELECT + """
				WHERE a.source = :source AND a.key_id = :key AND a.action = 'DISABLE' AND a.outcome = 'DISABLED'
				ORDER BY a.action_id DESC LIMIT 1
				""").param("source", key.source()).param("key", key.id()).query(KeyActions::action).optional();
	}

	/**
	 * {@return whether what was disabled has been restored}
	 */
	boolean isRestored(Action action) {
		return this.jdbc.sql("SELECT restored_by_run IS NOT NULL FROM keysteward.key_action WHERE action_id = :id")
			.param("id", action.id())
			.query(Boolean.class)
			.single();
	}

	/**
	 * Writes the intent, before the source is touched.
	 * @return false: somebody else has
	 */
	boolean intend(Action action) {
		return at("""
				UPDATE keysteward.key_action SET intended_at = :now
				WHERE action_id = :id AND intended_at IS NULL AND outcome IS NULL AND decision = 'DUE'
				""", action).update() == 1;
	}

	/**
	 * Holds a key that was due and has not been begun.
	 */
	void hold(Action action, Gate gate, String why) {
		this.jdbc.sql("""
				UPDATE keysteward.key_action
				SET decision = 'HELD', held_by = :gate, closed_gates = ARRAY[:gate], failure = NULL, detail = :why
				WHERE action_id = :id AND decision = 'DUE' AND intended_at IS NULL AND outcome IS NULL
				""").param("gate", gate.name()).param("why", why).param("id", action.id()).update();
	}

	/**
	 * Writes that a key is about to be switched on again.
	 * @return the new action
	 */
	Action intendRestore(long restoreRun, Action disabled) {
		long id = at(
				"""
						INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, evidence, intended_at)
						SELECT :restoreRun, source, key_id, 'RESTORE', 'DUE', jsonb_build_object('disabled_by_action', action_id),
						       :now
						FROM keysteward.key_action WHERE action_id = :id
						RETURNING action_id
						""",
				disabled)
			.param("restoreRun", restoreRun)
			.query(Long.class)
			.single();
		return new Action(id, restoreRun, disabled.key(), disabled.asOf(), null);
	}

	/**
	 * {@return the disabling that a restoring undoes}
	 */
	Action undone(Action restore) {
		return this.jdbc.sql(SELECT + """
				WHERE a.action_id = (SELECT (evidence ->> 'disabled_by_action')::bigint FROM keysteward.key_action
				                     WHERE action_id = :id)
				""").param("id", restore.id()).query(KeyActions::action).single();
	}

	/** Writes what takes the change back, when it is done and not committed yet. */
	void undo(Action action, String undo) {
		at("UPDATE keysteward.key_action SET undo = :undo::jsonb WHERE action_id = :id AND :now IS NOT NULL", action)
			.param("undo", undo)
			.update();
	}

	/**
	 * Takes an intent back of which nothing came, and says why: the run tries again when
	 * it is continued.
	 */
	void postpone(Action action, String detail) {
		this.jdbc.sql("""
				UPDATE keysteward.key_action
				SET outcome = NULL, intended_at = NULL, undo = NULL, failure = 'MAY_PASS', detail = :detail
				WHERE action_id = :id AND outcome IS NULL
				""").param("id", action.id()).param("detail", detail).update();
	}

	/** Writes what came of it; from now on it is never changed. */
	void settle(Action action, Outcome outcome, @Nullable String detail) {
		at("""
				UPDATE keysteward.key_action
				SET outcome = :outcome, done_at = :now, intended_at = coalesce(intended_at, :now),
				    failure = CASE :outcome WHEN 'FAILED' THEN 'STAYS' END,
				    detail = CASE WHEN :detail::text IS NULL THEN detail ELSE :detail END
				WHERE action_id = :id AND outcome IS NULL
				""", action).param("outcome", outcome.name()).param("detail", detail).update();
	}

	/** Writes that a key is on again, and beside its disabling by which run. */
	@Transactional
	void settleRestored(Action restore, Action disabled, @Nullable String detail) {
		settle(restore, Outcome.RESTORED, detail);
		this.jdbc.sql("UPDATE keysteward.key_action SET restored_by_run = :run WHERE action_id = :id")
			.param("run", restore.runId())
			.param("id", disabled.id())
			.update();
	}

	private StatementSpec at(String sql, Action action) {
		return this.jdbc.sql(sql).param("id", action.id()).param("now", this.clock.instant().atOffset(ZoneOffset.UTC));
	}

	private static Action action(ResultSet row, int number) throws SQLException {
		return new Action(row.getLong("action_id"), row.getLong("run_id"),
				new KeyId(row.getString("source"), row.getString("key_id")), StoredTime.required(row, "as_of"),
				row.getString("undo"));
	}

	/**
	 * One line of the table.
	 *
	 * @param id its id
	 * @param runId the run that does it
	 * @param key which key
	 * @param asOf the run's one instant
	 * @param undo what takes it back, as the source's switch has handed it over; null:
	 * the source was not changed, as far as is known
	 */
	record Action(long id, long runId, KeyId key, Instant asOf, @Nullable String undo) {

		KeySwitch.Undo takenBack() {
			return new KeySwitch.Undo(this.key.id(), this.runId, this.asOf, this.undo);
		}

	}

}
