package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.keysteward.disabling.KeyActions.Action;
import io.keysteward.run.Run;
import io.keysteward.run.StoredTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds disablings whose key was tried within its trial.
 */
@Repository
class TriedActions {

	/**
	 * The trial is the one that was set when the key was disabled, as long as none or a
	 * shorter one is set now. An attempt counts if it is certainly later than the
	 * disabling took effect. A key that a trial could not switch on for it had changed is
	 * left to people.
	 */
	private static final String SQL = """
			SELECT a.action_id, a.run_id, a.source, a.key_id, a.undo, o.as_of, t.denied_at
			FROM keysteward.key_action a
			JOIN keysteward.run o ON o.run_id = a.run_id
			JOIN keysteward.run_source s ON s.run_id = :run AND s.source = a.source AND s.status = 'READ'
			JOIN LATERAL (
			  SELECT min(n.denied_at) AS denied_at
			  FROM keysteward.key_denied n
			  JOIN keysteward.run r ON r.run_id = n.seen_run AND r.status <> 'SET_ASIDE'
			  JOIN (SELECT *, make_interval(secs => coalesce(clock_skew_ms, 0) / 1000.0) AS skew,
			               make_interval(secs => coalesce(granularity_seconds, 0)) AS granularity
			        FROM keysteward.run_source) q ON q.run_id = n.seen_run AND q.source = n.source
			  WHERE n.source = a.source AND n.key_id = a.key_id AND n.seen_run <= :run
			    AND n.denied_at - q.skew - q.granularity > a.done_at
			          + make_interval(secs => coalesce((a.evidence ->> 'effective_within_seconds')::float8, 60))
			    AND n.denied_at - q.skew <= a.done_at
			          + make_interval(secs => least((a.evidence ->> 'trial_seconds')::float8, :trial))) t
			  ON t.denied_at IS NOT NULL
			WHERE a.action = 'DISABLE' AND a.outcome = 'DISABLED' AND a.restored_by_run IS NULL AND a.run_id < :run
			  AND (a.evidence ->> 'trial_seconds') IS NOT NULL
			  AND NOT EXISTS (SELECT FROM keysteward.key_action l
			                  WHERE l.source = a.source AND l.key_id = a.key_id AND l.action = 'DISABLE'
			                    AND l.outcome = 'DISABLED' AND l.action_id > a.action_id)
			  AND NOT EXISTS (SELECT FROM keysteward.key_action u
			                  WHERE u.source = a.source AND u.key_id = a.key_id AND u.action = 'RESTORE'
			                    AND u.intended_at IS NOT NULL
			                    AND (u.run_id = :run OR u.outcome IS NULL
			                         OR u.outcome = 'SKIPPED_CHANGED'
			                            AND (u.evidence ->> 'disabled_by_action')::bigint = a.action_id))
			  AND EXISTS (SELECT FROM keysteward.key_snapshot k
			              WHERE k.run_id = :run AND k.source = a.source AND k.key_id = a.key_id
			                AND k.judgement <> 'DATA_ERROR' AND k.status <> 'ACTIVE')
			ORDER BY a.action_id LIMIT 1
			""";

	private final JdbcClient jdbc;

	TriedActions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the next one that the run has not tried to undo}
	 * @param trial the trial that is set now
	 */
	Optional<Tried> next(Run run, Duration trial) {
		return this.jdbc.sql(SQL)
			.param("run", run.id())
			.param("trial", trial.toSeconds())
			.query((row, number) -> new Tried(KeyActions.action(row, number), StoredTime.required(row, "denied_at")))
			.optional();
	}

	/**
	 * A disabling whose key was tried.
	 *
	 * @param disabled the disabling
	 * @param at the first attempt that is known, by the source's clock
	 */
	record Tried(Action disabled, Instant at) {
	}

}
