package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.DisablingSummary;
import io.keysteward.run.Totals.ActionTotals;

/**
 * What the Summary says about disabling.
 */
final class DisablingSection {

	private DisablingSection() {
	}

	static void write(SummaryPage page, DisablingSummary disabling) {
		ActionTotals totals = disabling.totals();
		page.heading("Disabling");
		page.fact("Mode", disabling.mode());
		if (totals == null) {
			page.fact("Keys", "not counted: the run is older than disabling");
			return;
		}
		if (disabling.disables()) {
			page.fact("Disabled", totals.disabled());
			page.fact("Failed", totals.failed());
			if (totals.notYet() > 0) {
				page.fact("Failed, tried again", totals.notYet());
			}
			page.fact("Skipped: changed", totals.skippedChanged());
			page.fact("Not known yet", totals.unsettled());
		}
		else {
			page.fact("Would be disabled", totals.wouldDisable());
		}
		page.fact("Held", totals.held());
		page.fact("Restored since last run", disabling.restored());
		page.fact("Owner notices", disabling.notices());
		disabling.holds().forEach(page::line);
		if (!totals.heldBy().isEmpty()) {
			page.header(List.of("Held by its first closed gate", "#Keys"));
			totals.heldBy().forEach((gate) -> page.values(List.of(gate.gate(), gate.keys())));
		}
	}

}
