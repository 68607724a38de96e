package io.keysteward.disabling;

import io.keysteward.run.PlannerHints;
import io.keysteward.run.Run;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans of past runs: one that did not change from run to run is stored once.
 */
@Repository
public class PastPlans {

	private final JdbcClient jdbc;

	PastPlans(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Merges the plans of the two complete runs before a run, which nobody changes any
	 * more: those of the older one that are the same are stored for the newer one only.
	 * What was begun is never touched.
	 */
	@Transactional
	public void merge(Run run) {
		PlannerHints.forManyRows(this.jdbc);
		this.jdbc.sql("""
				WITH pair AS (
				  SELECT n.run_id AS newer, o.run_id AS older
				  FROM keysteward.run r
				  JOIN keysteward.run n ON n.run_id = r.baseline_run_id AND n.has_inventory
				  JOIN keysteward.run o ON o.run_id = n.baseline_run_id AND o.has_inventory
				  WHERE r.run_id = :run AND NOT r.narrowed
				    -- One that was set aside after it was merged would take these for its own.
				    AND NOT EXISTS (SELECT FROM keysteward.run b
				                    WHERE b.run_id > o.run_id AND b.run_id < n.run_id AND b.plans_merged)),
				same AS (
				  SELECT n.action_id AS newer, o.action_id AS older, coalesce(o.since_run, o.run_id) AS since
				  FROM pair p
				  JOIN keysteward.key_action n ON n.run_id = p.newer
				  JOIN keysteward.key_action o ON o.run_id = p.older AND o.source = n.source AND o.key_id = n.key_id
				                              AND o.action = n.action
				  LEFT JOIN keysteward.hold_words(p.older) w ON w.run_id = p.newer
				  WHERE n.intended_at IS NULL AND o.intended_at IS NULL
				    AND (n.decision, n.held_by, n.closed_gates, n.outcome, n.failure,
				         keysteward.reworded(n.detail, w.said, w.says), n.due_at, n.warned_at, n.final_at,
				         n.next_notice, n.evidence - '{idle_days,seen_days}'::text[])
				        IS NOT DISTINCT FROM
				        (o.decision, o.held_by, o.closed_gates, o.outcome, o.failure, o.detail, o.due_at, o.warned_at,
				         o.final_at, o.next_notice, o.evidence - '{idle_days,seen_days}'::text[])),
				merged AS (
				  UPDATE keysteward.key_action n SET since_run = s.since FROM same s WHERE n.action_id = s.newer),
				noted AS (
				  UPDATE keysteward.run r SET plans_merged = true FROM pair p WHERE r.run_id = p.older)
				DELETE FROM keysteward.key_action o USING same s WHERE o.action_id = s.older
				""").param("run", run.id()).update();
	}

}
