package io.keysteward.insight;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.keysteward.run.Gate;
import io.keysteward.run.RunSource;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import org.jspecify.annotations.Nullable;

/**
 * How a run went, in numbers.
 *
 * @param duration how long its last start took
 * @param sources how the reading of each source went
 * @param counts what was counted; null: the run ended before that
 */
public record RunResult(Duration duration, List<RunSource> sources, @Nullable Counts counts) {

	/**
	 * What was counted of a run whose findings are reconciled.
	 *
	 * @param totals its control totals
	 * @param findings open findings of every rule of every source that was read, at both
	 * levels
	 * @param actions its keys by what became of them
	 * @param held the gates that held the run, or a source of it, as a whole
	 */
	public record Counts(Totals totals, List<FindingCount> findings, ActionTotals actions, Set<Gate> held) {
	}

}
