package io.keysteward.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.insight.ActionCounts;
import io.keysteward.run.Gate;
import io.keysteward.run.PolicyDocument.RuleText;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.run.Totals.GateTotals;
import io.keysteward.run.Totals.SourceTotals;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The figures of a run, counted from what is stored. What was looked for and not found is
 * a zero; what was not looked for, because the run ended before, is left out.
 */
@Component
public class StoredFigures {

	private final Runs runs;

	private final ActionCounts actions;

	private final JdbcClient jdbc;

	StoredFigures(Runs runs, ActionCounts actions, JdbcClient jdbc) {
		this.runs = runs;
		this.actions = actions;
		this.jdbc = jdbc;
	}

	List<Figure> of(Run run) {
		List<Figure> figures = new ArrayList<>();
		figures.add(Figure.of(Metric.RUN_DURATION, seconds(run)));
		List<RunSource> sources = this.runs.sources(run.id());
		sources.forEach((source) -> figures.add(Figure.of(Metric.SOURCE_FAILED,
				(source.status() == RunSource.Status.READ) ? 0 : 1, "source", source.source())));
		if (run.totals() != null) {
			run.totals().sources().forEach((source) -> keys(source, figures));
			changes(run.totals(), figures);
			findings(run, sources, figures);
			actions(this.actions.of(run.id()), figures);
			holds(run, figures);
		}
		return figures;
	}

	/** Of the last start only: a run may be continued in the morning. */
	private double seconds(Run run) {
		return this.jdbc.sql("""
				SELECT coalesce(extract(epoch FROM coalesce(end_time, last_updated) - start_time), 0)
				FROM keysteward.run JOIN keysteward.batch_job_execution USING (job_execution_id) WHERE run_id = :run
				""").param("run", run.id()).query(Double.class).optional().orElse(0.0);
	}

	private static void keys(SourceTotals source, List<Figure> figures) {
		figures.add(keys(source, "judged", source.judged()));
		figures.add(keys(source, "data_error", source.dataErrors()));
		figures.add(keys(source, "not_governed", source.notGoverned()));
		figures.add(keys(source, "not_active", source.notActive()));
		figures.add(Figure.of(Metric.FLAGGED_KEYS, source.flagged(), "source", source.source()));
	}

	private static Figure keys(SourceTotals source, String judgement, long keys) {
		return Figure.of(Metric.KEYS, keys, "source", source.source(), "judgement", judgement);
	}

	private static void changes(Totals totals, List<Figure> figures) {
		figures.add(Figure.of(Metric.FINDING_CHANGES, totals.newFindings(), "change", "new"));
		figures.add(Figure.of(Metric.FINDING_CHANGES, totals.worseFindings(), "change", "worse"));
		figures.add(Figure.of(Metric.FINDING_CHANGES, totals.resolvedFindings(), "change", "resolved"));
		figures.add(Figure.of(Metric.FINDING_CHANGES, totals.endedByDisabling(), "change", "disabled"));
	}

	/** Every rule of every source that was read, at both levels. */
	private void findings(Run run, List<RunSource> sources, List<Figure> figures) {
		String[] rules = run.policy().rules().stream().map(RuleText::code).toArray(String[]::new);
		String[] read = sources.stream()
			.filter((source) -> source.status() == RunSource.Status.READ)
			.map(RunSource::source)
			.toArray(String[]::new);
		this.jdbc.sql("""
				SELECT source, rule, level, count(f.key_id) AS keys
				FROM unnest(:sources::text[]) source CROSS JOIN unnest(:rules::text[]) rule
				     CROSS JOIN unnest('{WARN,VIOLATION}'::text[]) level
				     LEFT JOIN (SELECT * FROM keysteward.finding WHERE status = 'OPEN' AND last_seen_run = :run) f
				     USING (source, rule, level)
				GROUP BY source, rule, level ORDER BY source, rule, level
				""")
			.param("sources", read)
			.param("rules", rules)
			.param("run", run.id())
			.query((row, number) -> Figure.of(Metric.FINDINGS, row.getLong("keys"), "source", row.getString("source"),
					"rule", row.getString("rule"), "level", row.getString("level")))
			.list()
			.forEach(figures::add);
	}

	private static void actions(ActionTotals actions, List<Figure> figures) {
		figures.add(Figure.of(Metric.ACTIONS, actions.disabled(), "outcome", "disabled"));
		figures.add(Figure.of(Metric.ACTIONS, actions.wouldDisable(), "outcome", "would_disable"));
		figures.add(Figure.of(Metric.ACTIONS, actions.skippedChanged(), "outcome", "skipped_changed"));
		figures.add(Figure.of(Metric.ACTIONS, actions.failed(), "outcome", "failed"));
		figures.add(Figure.of(Metric.ACTIONS, actions.unsettled(), "outcome", "unsettled"));
		figures.add(Figure.of(Metric.ACTIONS, actions.notYet(), "outcome", "postponed"));
		figures.add(Figure.of(Metric.ACTIONS, actions.held(), "outcome", "held"));
		for (Gate gate : Gate.values()) {
			long keys = actions.heldBy().stream().filter((held) -> held.isOf(gate)).mapToLong(GateTotals::keys).sum();
			figures.add(Figure.of(Metric.HELD_KEYS, keys, "gate", gate.name()));
		}
	}

	private void holds(Run run, List<Figure> figures) {
		Set<Gate> closed = this.runs.holds(run.id()).stream().map(RunHold::gate).collect(Collectors.toSet());
		Arrays.stream(Gate.values())
			.map((gate) -> Figure.of(Metric.RUN_HELD, closed.contains(gate) ? 1 : 0, "gate", gate.name()))
			.forEach(figures::add);
	}

}
