package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.DisablingSummary;
import io.keysteward.run.Totals.ActionTotals;

/**
 * The Summary's section on disabling.
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
		disabling.outcomes().forEach((outcome) -> page.fact(outcome.label(), outcome.number()));
		page.fact("Restored since last run", disabling.restored());
		page.fact("Owner notices", disabling.notices());
		disabling.holds().forEach(page::line);
		if (!totals.heldBy().isEmpty()) {
			page.header(List.of("Held by its first closed gate", "#Keys"));
			totals.heldBy().forEach((gate) -> page.values(List.of(gate.gate(), gate.keys())));
		}
	}

}
