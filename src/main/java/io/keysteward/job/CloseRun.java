package io.keysteward.job;

import io.keysteward.inventory.Inventories;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.notice.AbandonedNotices;
import io.keysteward.report.OldReports;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.text.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Step {@code closeRun}: where nothing is missing the run is complete, and what is older
 * than it has to be is dropped.
 */
@Component
class CloseRun {

	private static final Logger logger = LoggerFactory.getLogger(CloseRun.class);

	private final CompletenessCheck completeness;

	private final Inventories inventories;

	private final InventorySettings settings;

	private final RunJournal journal;

	private final AbandonedNotices abandonedNotices;

	private final OldReports oldReports;

	private final ReportSteps reporting;

	CloseRun(CompletenessCheck completeness, Inventories inventories, InventorySettings settings, RunJournal journal,
			AbandonedNotices abandonedNotices, OldReports oldReports, ReportSteps reporting) {
		this.completeness = completeness;
		this.inventories = inventories;
		this.settings = settings;
		this.journal = journal;
		this.abandonedNotices = abandonedNotices;
		this.oldReports = oldReports;
		this.reporting = reporting;
	}

	void close(Run run) {
		Totals stored = this.completeness.requireComplete(run);
		if (!run.narrowed()) {
			this.abandonedNotices.settle(run);
		}
		this.oldReports.remove(this.reporting.directory(), run);
		int dropped = this.inventories.dropOld(run.asOf().minus(this.settings.kept()));
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

}
