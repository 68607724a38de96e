package io.keysteward.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.keysteward.insight.FindingCount;
import io.keysteward.insight.RunResult;
import io.keysteward.insight.RunResult.Counts;
import io.keysteward.insight.RunResults;
import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.run.Totals.GateTotals;
import io.keysteward.run.Totals.SourceTotals;

import org.springframework.stereotype.Component;

/**
 * Counts the figures of a run from the stored rows. A step that found nothing gives
 * zeros; a step that the run did not reach gives no figures.
 */
@Component
public class StoredFigures {

	private final RunResults results;

	StoredFigures(RunResults results) {
		this.results = results;
	}

	List<Figure> count(Run run) {
		RunResult result = this.results.read(run);
		List<Figure> figures = new ArrayList<>();
		figures.add(Figure.of(Metric.RUN_DURATION, result.duration().toNanos() / 1e9));
		result.sources()
			.forEach((source) -> figures.add(Figure.of(Metric.SOURCE_FAILED,
					(source.status() == RunSource.Status.READ) ? 0 : 1, "source", source.source())));
		if (result.counts() != null) {
			counts(result.counts(), figures);
		}
		return figures;
	}

	private static void counts(Counts counts, List<Figure> figures) {
		counts.totals().sources().forEach((source) -> keys(source, figures));
		changes(counts.totals(), figures);
		counts.findings().forEach((count) -> figures.add(findings(count)));
		actions(counts.actions(), figures);
		holds(counts.held(), figures);
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

	private static Figure findings(FindingCount count) {
		return Figure.of(Metric.FINDINGS, count.keys(), "source", count.source(), "rule", count.rule(), "level",
				count.level().name());
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

	private static void holds(Set<Gate> held, List<Figure> figures) {
		for (Gate gate : Gate.values()) {
			figures.add(Figure.of(Metric.RUN_HELD, held.contains(gate) ? 1 : 0, "gate", gate.name()));
		}
	}

}
