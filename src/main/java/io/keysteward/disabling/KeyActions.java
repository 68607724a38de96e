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
 * The table {@code key_action}: the plan for a key, the intent to change it, and the
 * outcome. Each statement commits at once, before the next step. Times come from the
 * clock that gives runs their as-of.
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
	 * {@return the next key of the run that is to be disabled and not begun}
	 * @param after the id of the action before
	 */
	Optional<Action> nextDue(long runId, long after) {
		return this.jdbc.sql(SELECT + """
				WHERE a.run_id = :run AND a.action = 'DISABLE' AND a.decision = 'DUE' AND a.outcome IS NULL
				  AND a.intended_at IS NULL AND a.action_id > :after AND r.mode = 'DISABLE'
				ORDER BY a.action_id LIMIT 1
				""").param("run", runId).param("after", after).query(KeyActions::action).optional();
	}

	/**
	 * {@return the key of an action as its run read and judged it}
	 */
	StoredKey stored(Action action) {
		return StoredKey.find(this.jdbc, action.runId(), action.key());
	}

	/**
	 * {@return the decision to disable a key, if that is the last one about it; null:
	 * there is none}
	 */
	Candidate.@Nullable Approval approval(KeyRecord key) {
		return this.jdbc.sql("""
				SELECT as_of, decided_by FROM keysteward.key_approval
				WHERE source = :source AND key_id = :key AND key_created_at IS NOT DISTINCT FROM :created::timestamptz
				""")
			.param("source", key.id().source())
			.param("key", key.id().id())
			.param("created", (key.createdAt() != null) ? key.createdAt().atOffset(ZoneOffset.UTC) : null)
			.query((row, number) -> new Candidate.Approval(StoredTime.required(row, "as_of"),
					row.getString("decided_by")))
			.optional()
			.orElse(null);
	}

	/**
	 * {@return keys of the run whose kind may be disabled, the longest unused first}
	 */
	List<KeyRecord> longestUnused(long runId, String source, Set<String> neverDisableKinds) {
		return StoredKey.longestUnused(this.jdbc, runId, source, neverDisableKinds, Rehearsal.KEYS);
	}

	/**
	 * {@return the actions of all runs that are begun and have no outcome}
	 */
	List<Action> unsettled(String action) {
		return this.jdbc.sql(SELECT + """
				WHERE a.action = :action AND a.intended_at IS NOT NULL AND a.outcome IS NULL ORDER BY a.action_id
				""").param("action", action).query(KeyActions::action).list();
	}

	/**
	 * {@return the keys that a run disabled and nobody restored}
	 */
	List<Action> disabledBy(long runId) {
		return this.jdbc.sql(SELECT + """
				WHERE a.run_id = :run AND a.action = 'DISABLE' AND a.outcome = 'DISABLED' AND a.restored_by_run IS NULL
				ORDER BY a.action_id
				""").param("run", runId).query(KeyActions::action).list();
	}

	/**
	 * {@return the number of keys that a run disabled, restored or not}
	 */
	long countDisabledBy(long runId) {
		return this.jdbc.sql("""
				SELECT count(*) FROM keysteward.key_action
				WHERE run_id = :run AND action = 'DISABLE' AND outcome = 'DISABLED'
				""").param("run", runId).query(Long.class).single();
	}

	/**
	 * {@return the last disabling of a key, if any}
	 */
	Optional<Action> lastDisabled(KeyId key) {
		return this.jdbc.sql(SELECT + """
				WHERE a.source = :source AND a.key_id = :key AND a.action = 'DISABLE' AND a.outcome = 'DISABLED'
				ORDER BY a.action_id DESC LIMIT 1
				""").param("source", key.source()).param("key", key.id()).query(KeyActions::action).optional();
	}

	/**
	 * {@return whether the disabled key was restored}
	 */
	boolean isRestored(Action action) {
		return this.jdbc.sql("SELECT restored_by_run IS NOT NULL FROM keysteward.key_action WHERE action_id = :id")
			.param("id", action.id())
			.query(Boolean.class)
			.single();
	}

	/**
	 * Writes the intent before the source is touched.
	 * @return false: somebody else already has
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
	 * Writes the intent to switch a key on again.
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
	 * {@return the disabling that this restore undoes}
	 */
	Action undone(Action restore) {
		return this.jdbc.sql(SELECT + """
				WHERE a.action_id = (SELECT (evidence ->> 'disabled_by_action')::bigint FROM keysteward.key_action
				                     WHERE action_id = :id)
				""").param("id", restore.id()).query(KeyActions::action).single();
	}

	/** Writes what undoes the change, after it is made and before it is committed. */
	void undo(Action action, String undo) {
		at("UPDATE keysteward.key_action SET undo = :undo::jsonb WHERE action_id = :id AND :now IS NOT NULL", action)
			.param("undo", undo)
			.update();
	}

	/**
	 * Withdraws an intent that changed nothing, with the reason: the continued run tries
	 * again.
	 */
	void postpone(Action action, String detail) {
		this.jdbc.sql("""
				UPDATE keysteward.key_action
				SET outcome = NULL, intended_at = NULL, undo = NULL, failure = 'MAY_PASS', detail = :detail
				WHERE action_id = :id AND outcome IS NULL
				""").param("id", action.id()).param("detail", detail).update();
	}

	/** Writes the outcome; from now on the row never changes. */
	void settle(Action action, Outcome outcome, @Nullable String detail) {
		at("""
				UPDATE keysteward.key_action
				SET outcome = :outcome, done_at = :now, intended_at = coalesce(intended_at, :now),
				    failure = CASE :outcome WHEN 'FAILED' THEN 'STAYS' END,
				    detail = CASE WHEN :detail::text IS NULL THEN detail ELSE :detail END
				WHERE action_id = :id AND outcome IS NULL
				""", action).param("outcome", outcome.name()).param("detail", detail).update();
	}

	/** Writes that a key is on again, and notes the run in the row of its disabling. */
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

	static Action action(ResultSet row, int number) throws SQLException {
		return new Action(row.getLong("action_id"), row.getLong("run_id"),
				new KeyId(row.getString("source"), row.getString("key_id")), StoredTime.required(row, "as_of"),
				row.getString("undo"));
	}

	/**
	 * A row of the table.
	 *
	 * @param id its id
	 * @param runId the run that acts
	 * @param key the key
	 * @param asOf the run's one instant
	 * @param undo what undoes it, as the source's switch returned it; null: the source
	 * was not changed, as far as is known
	 */
	record Action(long id, long runId, KeyId key, Instant asOf, @Nullable String undo) {

		KeySwitch.Undo toUndo() {
			return new KeySwitch.Undo(this.key.id(), this.runId, this.asOf, this.undo);
		}

	}

}
