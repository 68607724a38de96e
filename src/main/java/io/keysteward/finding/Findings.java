package io.keysteward.finding;

import java.util.List;
import java.util.Optional;

import io.keysteward.policy.Rule;
import io.keysteward.run.PlannerHints;
import io.keysteward.run.Run;
import io.keysteward.run.Totals.RuleTotals;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Follows findings from run to run: which are new, still open, raised or resolved, and
 * why.
 * <ol>
 * <li>Today's findings are those in the run's inventory without exempt ones.</li>
 * <li>A finding that is not open yet is opened. One that is past its threshold, or has
 * been open for its grace, is at {@code VIOLATION}. One that is open and as it was is not
 * touched: the turns of its source tell that it was seen.</li>
 * <li>An open finding that is not among today's is resolved if its key was judged or is
 * gone. A key with a data error resolves nothing, since nothing is known about it.</li>
 * </ol>
 * A repetition for the same run changes nothing. If the run's policy was corrected in
 * between, findings that the wrong policy had resolved continue as before.
 */
@Repository
public class Findings {

	/**
	 * What no row says while a finding is in step is written down when it is missed. How
	 * it was before the last turn, no row has kept then.
	 */
	private static final String AS_IT_WAS = """
			last_seen_run = e.last_seen_run, last_seen_at = e.last_seen_at, seen_days = e.seen_days,
			source_turn = e.source_turn, source_days = e.source_days, missed_run = coalesce(e.missed_run, :run),
			before_run = CASE WHEN f.last_seen_run = e.last_seen_run THEN f.before_run END""";

	private final JdbcClient jdbc;

	private final List<Rule> rules;

	Findings(JdbcClient jdbc, List<Rule> rules) {
		this.jdbc = jdbc;
		this.rules = rules;
	}

	/**
	 * Reconciles the open findings with the run's inventory.
	 * @param run a run with a complete inventory of every source that could be read
	 */
	@Transactional
	public void reconcile(Run run) {
		PlannerHints.forManyRows(this.jdbc);
		takeTurns(run);
		collectToday(run);
		recordChanges(run);
		resolveEnded(run);
		keepMissed(run);
		keepOpen(run);
		endTurns(run);
	}

	/**
	 * Restores the findings to their state before a run. The run's events stay, and no
	 * longer count once it is set aside.
	 * @param run the newest run
	 */
	@Transactional
	public void undo(Run run) {
		forgetTurns(run);
		this.jdbc.sql("""
				UPDATE keysteward.finding_row
				SET status = 'OPEN', resolved_run = NULL, resolved_at = NULL, resolution = NULL,
				    missed_run = nullif(missed_run, :run)
				WHERE (resolved_run = :run OR missed_run = :run) AND last_seen_run <> :run
				""").param("run", run.id()).update();
		this.jdbc
			.sql("""
					DELETE FROM keysteward.finding_row f
					WHERE f.last_seen_run = :run AND NOT EXISTS (
					  SELECT FROM keysteward.finding_event e JOIN keysteward.run r ON r.run_id = e.run_id AND r.status <> 'SET_ASIDE'
					  WHERE e.source = f.source AND e.key_id = f.key_id AND e.rule = f.rule AND e.run_id < :run)
					""")
			.param("run", run.id())
			.update();
		this.jdbc
			.sql("""
					UPDATE keysteward.finding_row f
					SET status = CASE WHEN e.event = 'RESOLVED' THEN 'RESOLVED' ELSE 'OPEN' END, level = e.level,
					    first_seen_run = e.opened_run, first_seen_at = e.first_seen_at,
					    last_seen_run = coalesce(f.before_run, e.seen_run), last_seen_at = coalesce(f.before_at, e.seen_at),
					    violation_at = CASE WHEN f.before_run IS NULL THEN f.violation_at ELSE f.before_violation_at END,
					    -- One day less, where how many there were is not kept.
					    seen_days = CASE WHEN f.before_run IS NULL THEN greatest(1, f.seen_days - 1) ELSE f.before_seen_days END,
					    missed_run = coalesce(CASE WHEN f.before_run IS NOT NULL THEN f.before_missed_run END,
					                          CASE WHEN e.event = 'RESOLVED' THEN e.run_id END),
					    source_turn = coalesce(e.turn, 0), source_days = coalesce(e.days, 0),
					    resolved_run = CASE WHEN e.event = 'RESOLVED' THEN e.run_id END,
					    resolved_at = CASE WHEN e.event = 'RESOLVED' THEN e.as_of END, resolution = e.resolution,
					    before_run = NULL, before_at = NULL, before_violation_at = NULL, before_seen_days = NULL,
					    before_missed_run = NULL
					FROM (SELECT DISTINCT ON (v.source, v.key_id, v.rule) v.*, r.as_of, t.turn, t.days,
					             CASE WHEN v.event <> 'RESOLVED' AND t.run_id > v.run_id THEN t.run_id ELSE v.run_id END AS seen_run,
					             CASE WHEN v.event <> 'RESOLVED' AND t.run_id > v.run_id THEN t.run_as_of ELSE r.as_of END AS seen_at,
					             max(v.run_id) FILTER (WHERE v.event = 'OPENED')
					               OVER (PARTITION BY v.source, v.key_id, v.rule) AS opened_run
					      FROM keysteward.finding_event v
					      JOIN keysteward.run r ON r.run_id = v.run_id AND r.status <> 'SET_ASIDE'
					      LEFT JOIN keysteward.finding_turn t ON t.source = v.source
					      WHERE v.run_id < :run
					      ORDER BY v.source, v.key_id, v.rule, v.run_id DESC) e
					WHERE f.last_seen_run = :run AND e.source = f.source AND e.key_id = f.key_id AND e.rule = f.rule
					""")
			.param("run", run.id())
			.update();
		this.jdbc.sql("""
				UPDATE keysteward.finding_row f SET source_turn = t.turn, source_days = t.days
				FROM (SELECT s.source, coalesce(t.turn, 0) AS turn, coalesce(t.days, 0) AS days
				      FROM keysteward.run_source s LEFT JOIN keysteward.finding_turn t USING (source)
				      WHERE s.run_id = :run) t
				WHERE f.source = t.source AND f.source_turn > t.turn
				""").param("run", run.id()).update();
	}

	/**
	 * {@return the last run after this one that has followed the findings of one of its
	 * sources, complete or not, where this one has followed all of its own and does not
	 * do it again}
	 */
	public Optional<Long> followedBy(Run run) {
		return this.jdbc.sql("""
				SELECT max(l.run_id)
				FROM keysteward.run l
				JOIN keysteward.run r ON r.run_id = :run
				WHERE l.run_id > :run
				  -- While something is to be read, or to be followed, all of it is followed again.
				  AND NOT EXISTS (SELECT FROM keysteward.run_source s
				                  WHERE s.run_id = :run
				                    AND (s.status <> 'READ' OR s.finding_turn IS NULL AND r.projects IS NULL))
				  AND (EXISTS (SELECT FROM keysteward.run_source s
				               WHERE s.run_id = l.run_id AND s.finding_turn IS NOT NULL
				                 AND s.source IN (SELECT source FROM keysteward.run_source WHERE run_id = :run))
				       -- One that was narrowed to projects takes no turn.
				       OR l.projects IS NOT NULL AND EXISTS (SELECT FROM keysteward.finding_row f
				                                 WHERE f.last_seen_run = l.run_id
				                                   AND f.source IN (SELECT source FROM keysteward.run_source
				                                                    WHERE run_id = :run)))
				""").param("run", run.id()).query(Long.class).optional();
	}

	/**
	 * {@return the open findings of the run's inventory by rule and level}
	 */
	public List<RuleTotals> totals(long runId) {
		return this.jdbc.sql("""
				SELECT rule, level, count(*) AS keys FROM keysteward.finding
				WHERE status = 'OPEN' AND last_seen_run = :run GROUP BY rule, level ORDER BY rule, level
				""").param("run", runId).query(RuleTotals.class).list();
	}

	/**
	 * {@return the number of findings with an event of this run, such as {@code OPENED}}
	 */
	public long events(long runId, String event) {
		return this.jdbc.sql("SELECT count(*) FROM keysteward.finding_event WHERE run_id = :run AND event = :event")
			.param("run", runId)
			.param("event", event)
			.query(Long.class)
			.single();
	}

	/**
	 * {@return the number of findings that this run resolved because Keysteward had
	 * disabled their keys}
	 */
	public long endedByDisabling(long runId) {
		return this.jdbc.sql("""
				SELECT count(*) FROM keysteward.finding_event
				WHERE run_id = :run AND event = 'RESOLVED' AND resolution = 'DISABLED_BY_KEYSTEWARD'
				""").param("run", runId).query(Long.class).single();
	}

	/**
	 * Whether today is a further day for a finding depends on the run that has seen it
	 * last. A run that has read all of a source takes the next turn of its findings;
	 * until it ends, the view {@code finding} tells what was before.
	 */
	private void takeTurns(Run run) {
		this.jdbc.sql("DROP TABLE IF EXISTS pg_temp.turn, pg_temp.seen, pg_temp.today").update();
		this.jdbc
			.sql("""
					CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
					WITH days AS (
					  -- An as-of can be chosen, but not the time of a reading.
					  SELECT s.run_id, s.source, s.finding_turn AS turn, r.status, (r.as_of AT TIME ZONE 'UTC')::date AS as_of_day,
					         (coalesce(s.snapshot_at - coalesce(s.clock_skew_ms, 0) * interval '1 millisecond', r.started_at)
					          AT TIME ZONE 'UTC')::date AS read_day
					  FROM keysteward.run_source s JOIN keysteward.run r USING (run_id))
					SELECT l.source, l.run_id, l.turn, l.run_id <> n.run_id AND l.status = 'COMPLETE' AND l.as_of_day < n.as_of_day
					                           AND l.read_day < n.read_day AS further_day
					FROM days l JOIN days n USING (source) WHERE n.run_id = :run
					""")
			.param("run", run.id())
			.update();
		forgetTurns(run);
		this.jdbc.sql("""
				CREATE TEMPORARY TABLE turn ON COMMIT DROP AS
				SELECT s.source, r.projects IS NULL AS ends,
				       -- A repetition keeps the run's own, unless another run has taken one since.
				       CASE WHEN r.projects IS NOT NULL THEN coalesce(t.turn, 0)
				            WHEN o.turn > coalesce(t.turn, 0) THEN o.turn
				            ELSE nextval('keysteward.finding_turn_number')::int END AS turn,
				       coalesce(t.days, 0) + (r.projects IS NULL AND l.further_day IS TRUE)::int AS days
				FROM keysteward.run r
				JOIN keysteward.run_source s ON s.run_id = r.run_id AND s.status = 'READ'
				LEFT JOIN keysteward.finding_turn t ON t.source = s.source
				LEFT JOIN seen l ON l.source = t.source AND l.run_id = t.run_id
				LEFT JOIN seen o ON o.source = s.source AND o.run_id = r.run_id
				WHERE r.run_id = :run
				""").param("run", run.id()).update();
	}

	private void forgetTurns(Run run) {
		this.jdbc.sql("UPDATE keysteward.run_source SET finding_turn = NULL, finding_days = NULL WHERE run_id = :run")
			.param("run", run.id())
			.update();
	}

	private void endTurns(Run run) {
		this.jdbc.sql("""
				UPDATE keysteward.run_source s SET finding_turn = t.turn, finding_days = t.days
				FROM turn t WHERE s.run_id = :run AND s.source = t.source AND t.ends
				""").param("run", run.id()).update();
	}

	private void collectToday(Run run) {
		this.jdbc
			.sql("""
					CREATE TEMPORARY TABLE today ON COMMIT DROP AS
					SELECT t.source, t.key_id, t.rule, t.was, t.first_seen_at, t.seen_days,
					       CASE WHEN t.violation OR t.first_seen_at + t.grace <= t.as_of THEN 'VIOLATION'
					            ELSE 'WARN' END AS level,
					       coalesce(t.violation_at, t.first_seen_at + t.grace) AS due_at,
					       t.in_step, t.before_run, t.before_at, t.before_due_at, t.before_seen_days, t.turn, t.days
					FROM (SELECT k.source, k.key_id, f.rule, f.violation_at, f.rule = ANY (k.violations) AS violation,
					             f.grace_days * interval '24 hours' AS grace, r.as_of,
					             CASE WHEN o.status = 'OPEN' THEN o.level
					                  WHEN e.event <> 'RESOLVED' THEN e.level END AS was,
					             coalesce(o.first_seen_at, r.as_of) AS first_seen_at,
					             coalesce(o.seen_days + coalesce(l.further_day, false)::int, 1) AS seen_days,
					             -- What the turn makes of the row is what is to be written.
					             u.ends AND o.status = 'OPEN' AND o.missed_run IS NULL
					               AND u.days - o.source_days = l.further_day::int AS in_step,
					             o.last_seen_run AS before_run, o.last_seen_at AS before_at, o.violation_at AS before_due_at,
					             o.seen_days AS before_seen_days, u.turn, u.days
					      FROM keysteward.run r
					      JOIN keysteward.key_snapshot k USING (run_id)
					      JOIN turn u ON u.source = k.source
					      CROSS JOIN LATERAL unnest(k.findings, k.violation_at, k.grace_days, k.exempted_by)
					                 AS f (rule, violation_at, grace_days, exempted_by)
					      LEFT JOIN keysteward.finding o
					             ON o.source = k.source AND o.key_id = k.key_id AND o.rule = f.rule
					                AND (o.status = 'OPEN' OR o.resolved_run = k.run_id)
					      LEFT JOIN seen l ON l.source = k.source AND l.run_id = o.last_seen_run
					      LEFT JOIN LATERAL (SELECT b.event, b.level FROM keysteward.finding_event b
					                         JOIN keysteward.run y ON y.run_id = b.run_id AND y.status <> 'SET_ASIDE'
					                         WHERE b.source = o.source AND b.key_id = o.key_id AND b.rule = o.rule
					                           AND b.run_id < k.run_id AND o.status = 'RESOLVED'
					                         ORDER BY b.run_id DESC LIMIT 1) e ON true
					      WHERE k.run_id = :run AND k.judgement = 'JUDGED' AND k.findings <> '{}' AND f.exempted_by IS NULL) t
					""")
			.param("run", run.id())
			.update();
		this.jdbc.sql("ANALYZE today").update();
	}

	private void recordChanges(Run run) {
		this.jdbc.sql("""
				DELETE FROM keysteward.finding_event e USING today t
				WHERE e.run_id = :run AND e.event = 'RESOLVED'
				  AND e.source = t.source AND e.key_id = t.key_id AND e.rule = t.rule
				""").param("run", run.id()).update();
		this.jdbc.sql("""
				INSERT INTO keysteward.finding_event (run_id, source, key_id, rule, event, level, first_seen_at)
				SELECT :run, source, key_id, rule,
				       CASE WHEN was IS NULL THEN 'OPENED' WHEN level = 'VIOLATION' THEN 'RAISED' ELSE 'LOWERED' END,
				       level, first_seen_at
				FROM today WHERE was IS DISTINCT FROM level
				ON CONFLICT (source, key_id, rule, run_id) DO UPDATE
				SET event = CASE WHEN finding_event.event = 'OPENED' THEN 'OPENED' ELSE excluded.event END,
				    level = excluded.level, resolution = NULL, first_seen_at = excluded.first_seen_at
				""").param("run", run.id()).update();
	}

	private void resolveEnded(Run run) {
		this.jdbc
			.sql("""
					WITH missing AS MATERIALIZED (
					  -- Few: only their keys are looked up.
					  SELECT o.* FROM keysteward.finding o
					  WHERE o.status = 'OPEN'
					    AND NOT EXISTS (SELECT FROM today t
					                    WHERE t.source = o.source AND t.key_id = o.key_id AND t.rule = o.rule)),
					ended AS (
					  UPDATE keysteward.finding_row f
					  SET status = 'RESOLVED', resolved_run = :run, resolved_at = r.as_of, resolution = e.cause,
					      %s
					  FROM keysteward.run r,
					       (SELECT o.*,
					               CASE
					                 WHEN coalesce(k.status, 'GONE') <> 'ACTIVE'
					                      AND EXISTS (SELECT FROM keysteward.key_action a
					                                  WHERE a.source = o.source AND a.key_id = o.key_id
					                                    AND a.run_id >= o.last_seen_run AND a.run_id < :run
					                                    AND a.action = 'DISABLE' AND a.outcome = 'DISABLED'
					                                    AND a.restored_by_run IS NULL) THEN 'DISABLED_BY_KEYSTEWARD'
					                 WHEN k.key_id IS NULL THEN 'GONE'
					                 WHEN k.status <> 'ACTIVE' THEN k.status
					                 WHEN k.judgement = 'NOT_GOVERNED' AND k.kind IS DISTINCT FROM p.kind THEN 'NOT_GOVERNED'
					                 WHEN k.exempted_by[array_position(k.findings, o.rule)] IS NOT NULL THEN 'EXEMPTED'
					                 WHEN c.evidence = 'USAGE' AND k.usage = 'UNKNOWN' THEN 'USAGE_UNKNOWN'
					                 WHEN c.evidence = 'USAGE'
					                      AND coalesce(k.known_use, k.last_used_at)
					                          > coalesce(p.known_use, p.last_used_at, '-infinity') THEN 'USED_AGAIN'
					                 WHEN c.evidence = 'NAME' AND k.name IS DISTINCT FROM p.name THEN 'RENAMED'
					                 WHEN c.evidence = 'OWNERSHIP'
					                      AND (k.project_id, k.project_state, k.owner_id, k.owner_state)
					                          IS DISTINCT FROM (p.project_id, p.project_state, p.owner_id, p.owner_state)
					                   THEN 'REASSIGNED'
					                 WHEN l.policy_sha256 <> n.policy_sha256 THEN 'POLICY_CHANGED'
					                 ELSE 'NO_LONGER_TRUE'
					               END AS cause
					        FROM missing o
					        JOIN keysteward.run n ON n.run_id = :run
					        JOIN keysteward.run l ON l.run_id = o.last_seen_run
					        JOIN keysteward.run_source s ON s.run_id = :run AND s.source = o.source AND s.status = 'READ'
					        LEFT JOIN unnest(:rules::text[], :evidence::text[]) AS c (rule, evidence) ON c.rule = o.rule
					        LEFT JOIN LATERAL (SELECT * FROM keysteward.key_snapshot q
					                           WHERE q.run_id = :run AND q.source = o.source AND q.key_id = o.key_id
					                           LIMIT 1) k ON true
					        LEFT JOIN LATERAL (SELECT * FROM keysteward.key_snapshot q
					                           WHERE q.run_id = o.last_seen_run AND q.source = o.source
					                             AND q.key_id = o.key_id LIMIT 1) p ON true
					        WHERE CASE WHEN k.key_id IS NULL THEN n.projects IS NULL
					              ELSE k.judgement <> 'DATA_ERROR' END) e
					  WHERE r.run_id = :run AND f.source = e.source AND f.key_id = e.key_id AND f.rule = e.rule
					  RETURNING f.source, f.key_id, f.rule, f.level, f.first_seen_at, f.resolution)
					INSERT INTO keysteward.finding_event (run_id, source, key_id, rule, event, level, first_seen_at, resolution)
					SELECT :run, source, key_id, rule, 'RESOLVED', level, first_seen_at, resolution FROM ended
					ON CONFLICT (source, key_id, rule, run_id) DO UPDATE
					SET event = 'RESOLVED', level = excluded.level, resolution = excluded.resolution
					"""
				.formatted(AS_IT_WAS))
			.param("run", run.id())
			.param("rules", this.rules.stream().map(Rule::code).toArray(String[]::new))
			.param("evidence", this.rules.stream().map((rule) -> rule.evidence().name()).toArray(String[]::new))
			.update();
	}

	/**
	 * What is open and was not seen, though its source was read, is not in step any more.
	 */
	private void keepMissed(Run run) {
		this.jdbc
			.sql("""
					UPDATE keysteward.finding_row f SET %s
					FROM keysteward.finding e
					WHERE e.status = 'OPEN' AND e.missed_run IS NULL AND e.source IN (SELECT source FROM turn WHERE ends)
					  AND NOT EXISTS (SELECT FROM today t WHERE t.source = e.source AND t.key_id = e.key_id AND t.rule = e.rule)
					  AND f.source = e.source AND f.key_id = e.key_id AND f.rule = e.rule
					"""
				.formatted(AS_IT_WAS))
			.param("run", run.id())
			.update();
	}

	/**
	 * A new finding has been seen on one day; a known one counts another day. One that is
	 * as it was in the turn before is not touched.
	 */
	private void keepOpen(Run run) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.finding_row AS f (source, key_id, rule, level, status, first_seen_run, first_seen_at,
					                                         last_seen_run, last_seen_at, violation_at, seen_days, source_turn,
					                                         source_days, before_run, before_at, before_seen_days)
					SELECT t.source, t.key_id, t.rule, t.level, 'OPEN', r.run_id, t.first_seen_at, r.run_id, r.as_of, t.due_at,
					       t.seen_days, t.turn, t.days, t.before_run, t.before_at, t.before_seen_days
					FROM today t JOIN keysteward.run r ON r.run_id = :run
					WHERE (t.in_step AND t.was = t.level AND t.due_at IS NOT DISTINCT FROM t.before_due_at) IS NOT TRUE
					ON CONFLICT (source, key_id, rule) DO UPDATE
					SET (before_run, before_at, before_violation_at, before_seen_days, before_missed_run) =
					      (SELECT f.before_run, f.before_at, f.before_violation_at, f.before_seen_days, f.before_missed_run
					       WHERE f.last_seen_run = excluded.last_seen_run
					       UNION ALL
					       SELECT coalesce(excluded.before_run, f.last_seen_run), coalesce(excluded.before_at, f.last_seen_at),
					              f.violation_at, coalesce(excluded.before_seen_days, f.seen_days),
					              nullif(f.missed_run, excluded.last_seen_run)
					       WHERE f.last_seen_run <> excluded.last_seen_run),
					    level = excluded.level, status = 'OPEN', last_seen_run = excluded.last_seen_run,
					    last_seen_at = excluded.last_seen_at, violation_at = excluded.violation_at,
					    first_seen_run = CASE WHEN excluded.first_seen_at = f.first_seen_at THEN f.first_seen_run
					                         ELSE excluded.first_seen_run END,
					    first_seen_at = excluded.first_seen_at, seen_days = excluded.seen_days,
					    source_turn = excluded.source_turn, source_days = excluded.source_days, missed_run = NULL,
					    resolved_run = NULL, resolved_at = NULL, resolution = NULL
					""")
			.param("run", run.id())
			.update();
	}

}
