package io.keysteward.job;

import io.keysteward.disabling.KeyDisabler;
import io.keysteward.insight.ActionHistory;
import io.keysteward.inventory.Inventories;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.notice.AbandonedNotices;
import io.keysteward.report.OldReports;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunSource;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Step {@code closeRun}: what was reported must be what is stored, and every source must
 * have been read; then the run is complete and old inventories are dropped.
 */
@Component
class CloseRun {

	private static final Logger logger = LoggerFactory.getLogger(CloseRun.class);

	private final ReconcileFindings reconciliation;

	private final Inventories inventories;

	private final InventorySettings settings;

	private final Runs runs;

	private final RunJournal journal;

	private final SourceFaults faults;

	private final KeyDisabler disabling;

	private final ActionHistory history;

	private final AbandonedNotices deadMails;

	private final OldReports oldReports;

	private final ReportSteps reporting;

	CloseRun(ReconcileFindings reconciliation, Inventories inventories, InventorySettings settings, Runs runs,
			RunJournal journal, SourceFaults faults, KeyDisabler disabling, ActionHistory history,
			AbandonedNotices deadMails, OldReports oldReports, ReportSteps reporting) {
		this.reconciliation = reconciliation;
		this.inventories = inventories;
		this.settings = settings;
		this.runs = runs;
		this.journal = journal;
		this.faults = faults;
		this.disabling = disabling;
		this.history = history;
		this.deadMails = deadMails;
		this.oldReports = oldReports;
		this.reporting = reporting;
	}

	void close(Run run) {
		Totals stored = this.reconciliation.totals(run);
		requireSame(run, stored);
		requireEverySource(run);
		requireSettled(run);
		requireTried(run, stored);
		if (!run.narrowed()) {
			this.deadMails.settle(run);
		}
		this.oldReports.remove(this.reporting.directory(), run);
		int dropped = this.inventories.dropOld(this.settings.runs());
		// Last of all: what is complete is not started again.
		this.journal.end(run.key(), RunStatus.COMPLETE, null);
		logger.info(
				"run {}: complete: {} read = {} judged + {} + {} not governed + {} not active;"
						+ " {} flagged; {}; {} dropped",
				run.key(), Plural.of(stored.read(), "key"), stored.judged(),
				Plural.of(stored.dataErrors(), "data error"), stored.notGoverned(), stored.notActive(),
				stored.flaggedKeys(), outcomes(run, stored), Plural.of(dropped, "old inventory"));
	}

	private static String outcomes(Run run, Totals stored) {
		ActionTotals actions = (stored.actions() != null) ? stored.actions() : ActionTotals.NONE;
		if (run.mode() == RunMode.REPORT) {
			return "nothing was disabled (report only): " + actions.wouldDisable() + " would be, " + actions.held()
					+ " held";
		}
		return actions.disabled() + " disabled, " + actions.failed() + " failed, " + actions.skippedChanged()
				+ " skipped since changed, " + actions.unsettled() + " not known yet, " + actions.held() + " held";
	}

	private static void requireSame(Run run, Totals stored) {
		if (!stored.equals(run.totals())) {
			throw Failure.person("run " + run.key() + ": the totals that were reported are not those that are stored:"
					+ " reported " + run.totals() + ", stored " + stored
					+ "; something else has written to the tables of" + " run " + run.id());
		}
	}

	private void requireSettled(Run run) {
		if (this.disabling.unsettled(run) > 0) {
			throw Failure.retry("run " + run.key() + ": what came of " + Plural.of(this.disabling.unsettled(run), "key")
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
			throw this.faults.asOne();
		}
	}

}
