package io.keysteward.job;

import io.keysteward.disabling.KeyDisabler;
import io.keysteward.insight.ActionHistory;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;

import org.springframework.stereotype.Component;

/**
 * Whether a run is complete: what was reported is what is stored, every source was read,
 * and what came of every key is known.
 */
@Component
class CompletenessCheck {

	private final ReconcileFindings reconciliation;

	private final Runs runs;

	private final KeyDisabler disabler;

	private final ActionHistory history;

	private final ActiveRun current;

	CompletenessCheck(ReconcileFindings reconciliation, Runs runs, KeyDisabler disabler, ActionHistory history,
			ActiveRun current) {
		this.reconciliation = reconciliation;
		this.runs = runs;
		this.disabler = disabler;
		this.history = history;
		this.current = current;
	}

	/**
	 * {@return the totals of a complete run, as they are stored}
	 * @throws Failure where it is not complete; says whose turn it is
	 */
	Totals requireComplete(Run run) {
		Totals stored = this.reconciliation.totals(run);
		requireSame(run, stored);
		requireEverySource(run);
		requireSettled(run);
		requireTried(run, stored);
		return stored;
	}

	private static void requireSame(Run run, Totals stored) {
		if (!stored.equals(run.totals())) {
			throw Failure.person("run " + run.key() + ": the totals that were reported are not those that are stored:"
					+ " reported " + run.totals() + ", stored " + stored
					+ "; something else has written to the tables of" + " run " + run.id());
		}
	}

	private void requireSettled(Run run) {
		if (this.disabler.unsettled(run) > 0) {
			throw Failure.retry("run " + run.key() + ": what came of " + Plural.of(this.disabler.unsettled(run), "key")
					+ " to be disabled is not known, since their source did not answer; start the run"
					+ " again: it asks the source", null);
		}
	}

	private void requireTried(Run run, Totals stored) {
		ActionTotals actions = (stored.actions() != null) ? stored.actions() : ActionTotals.NONE;
		if (actions.notYet() > 0) {
			throw Failure.retry("run " + run.key() + ": " + actions.notYet() + " of "
					+ Plural.of(actions.due(), "due key") + " could not be disabled yet: "
					+ this.history.whyFailed(run.id()) + "; the run tries again when it is started again", null);
		}
	}

	private void requireEverySource(Run run) {
		boolean missing = this.runs.sources(run.id())
			.stream()
			.anyMatch((source) -> source.status() != RunSource.Status.READ);
		if (missing) {
			throw this.current.attempt().faults().asOne();
		}
	}

}
