package io.keysteward.disabling;

import io.keysteward.run.Run;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Plans in {@code key_action} that nobody has begun. One that does not change from run to
 * run is stored once: it lasts until a run has another one, or none, for its key.
 */
@Repository
class Plans {

	private final JdbcClient jdbc;

	Plans(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Takes back what the run has planned so far. After it, the run has the plans that
	 * last, if it may share them.
	 * @return whether it may: it is whole, and no later run has gone on from its plans
	 */
	boolean discard(Run run) {
		handOver(run);
		this.jdbc.sql("DELETE FROM keysteward.key_action WHERE run_id = :run AND intended_at IS NULL")
			.param("run", run.id())
			.update();
		boolean shared = this.jdbc.sql("""
				UPDATE keysteward.run r
				SET shares_plans = NOT r.narrowed AND NOT EXISTS (SELECT FROM keysteward.run l
				                                                  WHERE l.run_id > r.run_id AND l.shares_plans)
				WHERE r.run_id = :run RETURNING r.shares_plans
				""").param("run", run.id()).query(Boolean.class).single();
		if (shared) {
			this.jdbc.sql("UPDATE keysteward.key_action SET until_run = 9223372036854775807 WHERE until_run = :run")
				.param("run", run.id())
				.update();
		}
		return shared;
	}

	/**
	 * What the run planned before it was continued may be the plans of a later run as
	 * well, whose own they become.
	 */
	private void handOver(Run run) {
		this.jdbc.sql("""
				UPDATE keysteward.key_action a
				SET run_id = n.run_id, detail = n.detail, due_at = n.due_at, evidence = a.evidence - :growing::text[]
				FROM (SELECT l.run_id, s.action_id, s.detail, s.due_at
				      FROM (SELECT min(run_id) AS run_id FROM keysteward.run WHERE run_id > :run AND shares_plans) l
				      CROSS JOIN LATERAL keysteward.actions_of(l.run_id) s
				      WHERE s.run_id = :run) n
				WHERE a.action_id = n.action_id
				""").param("run", run.id()).param("growing", Plan.GROWING.toArray(String[]::new)).update();
	}

	/**
	 * Ends each plan that lasted until now, but for these.
	 */
	void endAllBut(long[] ids, Run run) {
		this.jdbc.sql("""
				UPDATE keysteward.key_action a SET until_run = :run
				WHERE until_run = 9223372036854775807 AND run_id < :run
				  AND NOT EXISTS (SELECT FROM unnest(:ids::bigint[]) AS k (id) WHERE k.id = a.action_id)
				""").param("run", run.id()).param("ids", ids).update();
	}

}
