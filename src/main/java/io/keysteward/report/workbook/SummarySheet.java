package io.keysteward.report.workbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.keysteward.insight.ChangeSummary;
import io.keysteward.insight.Glossary;
import io.keysteward.insight.Summary;
import io.keysteward.key.Level;
import io.keysteward.run.Run;
import io.keysteward.run.Totals;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Summary}: one page for everyone.
 */
final class SummarySheet implements Sheet {

	private static final int CHART_ROWS = 20;

	/** Columns of control totals. */
	private static final int TOTALS = 7;

	@Override
	public void add(SheetContext report) {
		SummaryPage page = new SummaryPage(report.book().addSheet("Summary"), report.book().styles());
		Summary summary = report.content().summary();
		page.title("API key governance report");
		page.subtitle("Run " + summary.run().key() + " · " + summary.disabling().mode() + " · policy "
				+ summary.run().policy().preset());
		summary.alerts().forEach(page::alert);
		page.space(1);
		page.bigNumbers(summary.figures());
		int charts = page.space(CHART_ROWS);
		run(page, summary);
		sources(page, summary);
		findings(page, summary);
		page.newPage();
		DisablingSection.write(page, summary.disabling());
		changes(page, summary.changes());
		remarks(page, summary, report);
		new SummaryFigures(page, summary).write(charts, charts + CHART_ROWS);
		page.heading("Words");
		Glossary.words().forEach(page::fact);
	}

	private static void run(SummaryPage page, Summary summary) {
		Run run = summary.run();
		page.heading("Run");
		page.fact("Run key", run.key());
		page.fact("As-of (UTC)", run.asOf());
		page.fact("Mode", summary.disabling().mode());
		page.fact("Read", summary.read());
		page.fact("Started (UTC)", run.state().startedAt());
		page.fact("Finished (UTC)",
				(run.state().finishedAt() != null) ? run.state().finishedAt() : "not finished when this was written");
		page.fact("Trigger", run.origin().trigger());
		page.fact("Requested by", run.origin().requestedBy());
		page.fact("Policy", run.policy().preset());
		page.fact("Policy SHA-256", run.policySha256());
	}

	private static void sources(SummaryPage page, Summary summary) {
		page.heading("Sources and control totals");
		page.header(List.of("Source", "Title", "Snapshot (UTC)", "#Read", "#Judged", "#Data errors", "#Not governed",
				"#Not active", "#Flagged", "#Re-masked", "Status", "Control totals", "Fault"));
		summary.sources().forEach((source) -> page.values(source(source)));
		Totals totals = summary.totals();
		page.values(Arrays.asList("All sources", null, null, totals.read(), totals.judged(), totals.dataErrors(),
				totals.notGoverned(), totals.notActive(), totals.flaggedKeys(),
				totals.sources().stream().mapToLong(Totals.SourceTotals::remasked).sum(), null, summary.verdict(),
				null));
		summary.controlTotals().forEach(page::line);
	}

	private static List<@Nullable Object> source(Summary.SourceLine source) {
		List<@Nullable Object> values = new ArrayList<>(
				Arrays.asList(source.source(), source.title(), source.snapshotAt()));
		values.addAll((source.totals() != null) ? numbers(source.totals()) : Collections.nCopies(TOTALS, null));
		values.add(source.status());
		values.add(source.verdict());
		values.add(source.fault());
		return values;
	}

	private static List<@Nullable Object> numbers(Totals.SourceTotals line) {
		return Arrays.asList(line.read(), line.judged(), line.dataErrors(), line.notGoverned(), line.notActive(),
				line.flagged(), line.remasked());
	}

	private static void findings(SummaryPage page, Summary summary) {
		page.heading("Open findings by rule and level, exempt ones left out");
		page.header(List.of("Rule", "#WARN", "#VIOLATION", "#Findings"));
		for (Summary.RuleLine rule : summary.rules()) {
			page.values(List.of(rule.rule(), rule.warnings(), rule.violations(), rule.warnings() + rule.violations()));
		}
		long all = summary.totals().findings().stream().mapToLong(Totals.RuleTotals::keys).sum();
		long violations = summary.findings(Level.VIOLATION);
		page.values(List.of("All rules", all - violations, violations, all));
	}

	private static void changes(SummaryPage page, ChangeSummary changes) {
		page.heading("Change since the last run");
		page.fact("Compared with", changes.comparedWith());
		page.fact("New findings", changes.newFindings());
		page.fact("Worse findings", changes.worseFindings());
		page.fact("Better findings", changes.betterFindings());
		page.fact("Resolved findings", changes.resolvedFindings());
		if (changes.endedByDisabling() > 0) {
			page.fact("Ended by disabling", changes.endedByDisabling());
		}
		page.fact("Keys that appeared",
				(changes.keysAppeared() != null) ? changes.keysAppeared() : changes.notCompared());
		page.fact("Keys that are gone", (changes.keysGone() != null) ? changes.keysGone() : changes.notCompared());
	}

	private static void remarks(SummaryPage page, Summary summary, SheetContext report) {
		List<String> remarks = new ArrayList<>(summary.remarks());
		if (report.keyList() == KeyList.NOWHERE) {
			remarks.add("There is no list of all " + Plural.of(report.content().keys(), "key")
					+ ", more than keysteward.report.max-inventory-rows. As long as the inventory is kept, `keysteward report"
					+ " --run-key=" + summary.run().key() + " --inventory=FILE.csv` writes it. "
					+ "keysteward.report.inventory-csv: true writes it beside each workbook. " + AllKeysSheet.IMPORT);
		}
		if (report.keyList() == KeyList.FILE) {
			remarks.add("The inventory is too large for a sheet: all " + Plural.of(report.content().keys(), "key")
					+ " are in the file " + report.inventoryFile() + " beside this workbook. " + AllKeysSheet.IMPORT);
		}
		page.heading("Remarks");
		(remarks.isEmpty() ? List.of("none") : remarks).forEach(page::line);
	}

}
