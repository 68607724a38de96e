package io.keysteward.report.workbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.keysteward.insight.KeyRows;
import io.keysteward.insight.RunView;
import io.keysteward.key.Level;
import io.keysteward.run.InventoryScope;
import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Totals;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Summary}: one page for everyone.
 */
final class SummarySheet implements Sheet {

	private static final int CHART_ROWS = 20;

	@Override
	public void add(SheetContext report) {
		SummaryPage page = new SummaryPage(report.book().addSheet("Summary"), report.book().styles());
		RunView stored = report.stored();
		List<KeyRows.Figure> states = KeyRows.states(stored);
		DisablingSection disabling = new DisablingSection(page, report);
		head(page, stored.run(), disabling.mode());
		stored.unread().forEach((source) -> page.alert(incomplete(source)));
		disabling.alarms();
		page.space(1);
		page.bigNumbers(bigNumbers(stored.totals(), states, disabling.figure()));
		int charts = page.space(CHART_ROWS);
		run(page, stored.run(), disabling.mode());
		sources(page, stored);
		findings(page, stored);
		page.newPage();
		disabling.write();
		changes(page, report);
		remarks(page, report);
		new SummaryFigures(page, stored).write(states, charts, charts + CHART_ROWS);
		Legend.write(page);
	}

	private static void head(SummaryPage page, Run run, String mode) {
		page.title("API key governance report");
		page.subtitle("Run " + run.key() + " · " + mode + " · policy " + run.policy().preset());
	}

	private static String incomplete(RunSource source) {
		return "THIS REPORT IS INCOMPLETE: source '" + source.source() + "' (" + source.title()
				+ ") was not read; none of its keys are counted here. "
				+ ((source.fault() != null) ? source.fault() : "");
	}

	private static List<KeyRows.Figure> bigNumbers(Totals totals, List<KeyRows.Figure> states,
			List<KeyRows.Figure> disabling) {
		long violations = states.stream()
			.filter((state) -> state.label().equals("Violation"))
			.mapToLong(KeyRows.Figure::number)
			.sum();
		List<KeyRows.Figure> figures = new ArrayList<>(List.of(new KeyRows.Figure("Keys read", totals.read()),
				new KeyRows.Figure("Flagged keys", totals.flaggedKeys()),
				new KeyRows.Figure("Keys at VIOLATION", violations)));
		figures.addAll(disabling);
		figures.addAll(List.of(new KeyRows.Figure("New findings", totals.newFindings()),
				new KeyRows.Figure("Worse findings", totals.worseFindings()),
				new KeyRows.Figure("Resolved findings", totals.resolvedFindings()),
				new KeyRows.Figure("Data errors", totals.dataErrors())));
		return figures;
	}

	private static void run(SummaryPage page, Run run, String mode) {
		page.heading("Run");
		page.fact("Run key", run.key());
		page.fact("As-of (UTC)", run.asOf());
		page.fact("Mode", mode);
		page.fact("Read", scope(run));
		if (run.keeps() == InventoryScope.FLAGGED) {
			page.fact("Kept", "flagged keys and data errors, not all keys; see Remarks");
		}
		page.fact("Started (UTC)", run.startedAt());
		page.fact("Finished (UTC)",
				(run.finishedAt() != null) ? run.finishedAt() : "not finished when this was written");
		page.fact("Trigger", run.trigger());
		page.fact("Requested by", run.requestedBy());
		page.fact("Policy", run.policy().preset());
		page.fact("Policy SHA-256", run.policySha256());
	}

	private static String scope(Run run) {
		if (!run.narrowed()) {
			return "everything that is configured";
		}
		String projects = run.projects().isEmpty() ? "" : ", projects " + String.join(", ", run.projects());
		return "narrowed to sources " + String.join(", ", run.sources()) + projects;
	}

	private static void sources(SummaryPage page, RunView stored) {
		page.heading("Sources and control totals");
		page.header(List.of("Source", "Title", "Snapshot (UTC)", "#Read", "#Judged", "#Data errors", "#Not governed",
				"#Not active", "#Flagged", "#Re-masked", "Status", "Control totals", "Fault"));
		stored.sources().forEach((source) -> page.values(source(source, stored.totals())));
		Totals totals = stored.totals();
		String verdict = verdict(totals.sources().stream().allMatch(Totals.SourceTotals::reconciles));
		page.values(Arrays.asList("All sources", null, null, totals.read(), totals.judged(), totals.dataErrors(),
				totals.notGoverned(), totals.notActive(), totals.flaggedKeys(),
				totals.sources().stream().mapToLong(Totals.SourceTotals::remasked).sum(), null, verdict, null));
		page.line("Control totals: " + totals.read() + " read = " + totals.judged() + " judged + "
				+ Plural.of(totals.dataErrors(), "data error") + " + " + totals.notGoverned() + " not governed + "
				+ totals.notActive() + " not active: " + verdict);
		if (stored.run().keeps() == InventoryScope.FLAGGED) {
			page.line(kept(stored.keys(), totals, verdict));
		}
	}

	private static String kept(long kept, Totals totals, String verdict) {
		long known = kept - totals.flaggedKeys() - totals.dataErrors();
		return "Kept: " + kept + " of " + totals.read() + " = " + totals.flaggedKeys() + " flagged + "
				+ Plural.of(totals.dataErrors(), "data error") + " + " + known
				+ " of which something was known before: " + verdict;
	}

	private static List<@Nullable Object> source(RunSource source, Totals totals) {
		Optional<Totals.SourceTotals> counted = totals.sources()
			.stream()
			.filter((line) -> line.source().equals(source.source()))
			.findFirst();
		List<@Nullable Object> values = new ArrayList<>(
				Arrays.asList(source.source(), source.title(), source.snapshotAt()));
		values
			.addAll(counted.map(SummarySheet::numbers).orElse(Arrays.asList(null, null, null, null, null, null, null)));
		values.add(source.status());
		values.add(counted.map((line) -> verdict(line.reconciles())).orElse("not read"));
		values.add(source.fault());
		return values;
	}

	private static List<@Nullable Object> numbers(Totals.SourceTotals line) {
		return Arrays.asList(line.read(), line.judged(), line.dataErrors(), line.notGoverned(), line.notActive(),
				line.flagged(), line.remasked());
	}

	private static String verdict(boolean reconciles) {
		return reconciles ? "reconciles" : "DOES NOT RECONCILE";
	}

	private static void findings(SummaryPage page, RunView stored) {
		page.heading("Open findings by rule and level, exempt ones left out");
		page.header(List.of("Rule", "#WARN", "#VIOLATION", "#Findings"));
		Totals totals = stored.totals();
		Set<String> rules = new LinkedHashSet<>();
		stored.run().policy().rules().stream().map(PolicyDocument.RuleText::code).forEach(rules::add);
		totals.findings().stream().map(Totals.RuleTotals::rule).forEach(rules::add);
		for (String rule : rules) {
			long warnings = totals.count(rule, Level.WARN);
			long violations = totals.count(rule, Level.VIOLATION);
			page.values(List.of(rule, warnings, violations, warnings + violations));
		}
		long all = totals.findings().stream().mapToLong(Totals.RuleTotals::keys).sum();
		long violations = SummaryFigures.violations(totals);
		page.values(List.of("All rules", all - violations, violations, all));
	}

	private static void changes(SummaryPage page, SheetContext report) {
		Run baseline = report.stored().baseline();
		page.heading("Change since the last run");
		page.fact("Compared with", (baseline != null) ? "run " + baseline.key() : "no earlier run");
		page.fact("New findings", report.changes().count("NEW"));
		page.fact("Worse findings", report.changes().count("WORSE"));
		page.fact("Better findings", report.changes().count("BETTER"));
		page.fact("Resolved findings", report.changes().count("RESOLVED"));
		if (report.changes().count("DISABLED") > 0) {
			page.fact("Ended by disabling", report.changes().count("DISABLED"));
		}
		boolean compared = report.changes().comparesKeys();
		String untold = (baseline != null) ? "not compared: " + report.changes().untold() : "no earlier run";
		page.fact("Keys that appeared", compared ? (Object) report.changes().count("KEY APPEARED") : untold);
		page.fact("Keys that are gone", compared ? (Object) report.changes().count("KEY GONE") : untold);
	}

	private static void remarks(SummaryPage page, SheetContext report) {
		List<String> remarks = new ArrayList<>(report.remarks());
		if (report.inventoryBeside()) {
			remarks.add("The inventory is too large for a sheet: all " + Plural.of(report.stored().keys(), "key")
					+ " are in the file " + report.inventoryFile() + " beside this workbook. " + AllKeysSheet.IMPORT);
		}
		if (report.stored().run().keeps() == InventoryScope.FLAGGED) {
			remarks.add(
					"Only flagged keys, data errors and the totals were kept (keysteward.inventory.keep: flagged): there is"
							+ " no sheet All keys, and no file with all keys.");
			remarks
				.add("Sheet Projects counts flagged keys and has only projects with one. Whether a project is over its"
						+ " limit or uses a name twice was not looked at.");
		}
		page.heading("Remarks");
		(remarks.isEmpty() ? List.of("none") : remarks).forEach(page::line);
	}

}
