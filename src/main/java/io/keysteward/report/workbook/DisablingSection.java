package io.keysteward.report.workbook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.keysteward.insight.DisableRows;
import io.keysteward.insight.DisabledKeyMonitor.Alarm;
import io.keysteward.insight.KeyRows;
import io.keysteward.insight.RunView;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunMode;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * What the Summary says about disabling.
 */
final class DisablingSection {

	/** More of them are told in number; the sheet has all. */
	private static final int MOST_ALARMS = 10;

	private final SummaryPage page;

	private final RunView stored;

	private final DisableRows actions;

	private final @Nullable ActionTotals totals;

	DisablingSection(SummaryPage page, SheetContext report) {
		this.page = page;
		this.stored = report.stored();
		this.actions = report.actions();
		this.totals = report.stored().totals().actions();
	}

	/** Says which disabled keys are not what they should be. */
	void alarms() {
		List<Alarm> alarms = this.actions.alarms();
		alarms.stream()
			.limit(MOST_ALARMS)
			.forEach((alarm) -> this.page
				.alert("ALARM: key " + alarm.source() + "/" + alarm.keyId() + ": " + alarm.sentence()));
		if (alarms.size() > MOST_ALARMS) {
			this.page.alert("ALARM: " + Plural.of(alarms.size() - MOST_ALARMS, "more key") + " like these "
					+ Plural.word(alarms.size() - MOST_ALARMS, "is", "are") + " on the sheet Actions.");
		}
	}

	/**
	 * {@return whether the run could disable, and whether it did}
	 */
	String mode() {
		Run run = this.stored.run();
		if (run.mode() != RunMode.DISABLE) {
			return (run.mode() == RunMode.REPORT) ? "Report only: nothing was disabled" : "Restore";
		}
		if (this.totals == null) {
			return "Disable";
		}
		long disabled = this.totals.disabled();
		String done = (disabled == 0) ? "nothing was disabled"
				: Plural.of(disabled, "key") + Plural.word(disabled, " was", " were") + " disabled";
		String gates = this.stored.holds()
			.stream()
			.filter((hold) -> !hold.ofWarnings())
			.map((hold) -> hold.gate().name())
			.distinct()
			.collect(Collectors.joining(", "));
		String partly = (disabled > 0) ? "partly " : "";
		return "Disable: " + (gates.isEmpty() ? "" : partly + "HELD (" + gates + "), ") + done;
	}

	/**
	 * {@return the figure that people look for first}
	 */
	List<KeyRows.Figure> figure() {
		if (this.totals == null) {
			return List.of();
		}
		return List.of((this.stored.run().mode() == RunMode.DISABLE)
				? new KeyRows.Figure("Keys disabled", this.totals.disabled())
				: new KeyRows.Figure("Would be disabled", this.totals.wouldDisable()));
	}

	void write() {
		this.page.heading("Disabling");
		this.page.fact("Mode", mode());
		if (this.totals == null) {
			this.page.fact("Keys", "not counted: the run is older than disabling");
			return;
		}
		if (this.stored.run().mode() == RunMode.REPORT) {
			this.page.fact("Would be disabled", this.totals.wouldDisable());
		}
		else {
			this.page.fact("Disabled", this.totals.disabled());
			this.page.fact("Failed", this.totals.failed());
			if (this.totals.notYet() > 0) {
				this.page.fact("Failed, tried again", this.totals.notYet());
			}
			this.page.fact("Skipped: changed", this.totals.skippedChanged());
			this.page.fact("Not known yet", this.totals.unsettled());
		}
		this.page.fact("Held", this.totals.held());
		this.page.fact("Restored since last run", this.actions.restored());
		this.page.fact("Owner notices", notices());
		this.stored.holds().forEach((hold) -> this.page.line(hold.sentence()));
		if (!this.totals.heldBy().isEmpty()) {
			this.page.header(List.of("Held by its first closed gate", "#Keys"));
			this.totals.heldBy().forEach((gate) -> this.page.values(List.of(gate.gate(), gate.keys())));
		}
	}

	private String notices() {
		List<String> lines = new ArrayList<>();
		this.stored.sql("""
				SELECT kind, count(*) FILTER (WHERE status = 'SENT') AS sent,
				       count(*) FILTER (WHERE status <> 'SENT') AS other
				FROM keysteward.notice WHERE run_id = :run AND kind <> 'REPORT' GROUP BY kind
				ORDER BY array_position(ARRAY['WARNING', 'FINAL', 'DISABLED', 'RESTORED'], kind)
				""")
			.query((RowCallbackHandler) (row) -> lines.add(row.getLong("sent") + " " + row.getString("kind")
					+ ((row.getLong("other") > 0) ? " (and " + row.getLong("other") + " failed or refused)" : "")));
		return lines.isEmpty() ? "none" : String.join(", ", lines);
	}

}
