package io.keysteward.report.workbook;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Policy}: what the run judged by, in full.
 */
final class PolicySheet implements Sheet {

	private static final String EVERYWHERE = "everywhere";

	private static final List<Column<Line>> COLUMNS = List.of(new Column<>("Part", CellFormat.TEXT, Line::part),
			new Column<>("Name", CellFormat.NAME, Line::name), new Column<>("Applies to", CellFormat.NAME, Line::scope),
			new Column<>("Value", CellFormat.LONG_TEXT, Line::value),
			new Column<>("Supports", CellFormat.LONG_TEXT, Line::supports));

	@Override
	public void add(SheetContext report) {
		List<Line> lines = lines(report.stored().run());
		report.book().add(new TableSheet<>("Policy", COLUMNS, lines.size(), (table) -> {
			for (Line line : lines) {
				table.add(line);
			}
		}));
	}

	private static List<Line> lines(Run run) {
		PolicyDocument policy = run.policy();
		List<Line> lines = new ArrayList<>();
		lines.add(new Line("Policy", "preset", EVERYWHERE, policy.preset(), null));
		lines.add(new Line("Policy", "SHA-256", EVERYWHERE, run.policySha256(), null));
		new TreeMap<>(policy.settings())
			.forEach((name, value) -> lines.add(new Line("Setting", name, EVERYWHERE, value, null)));
		for (PolicyDocument.Override override : policy.overrides()) {
			String scope = override.source() + ((override.project() != null) ? " / " + override.project() : "");
			new TreeMap<>(override.settings())
				.forEach((name, value) -> lines.add(new Line("Override", name, scope, value, null)));
		}
		for (PolicyDocument.RuleText rule : policy.rules()) {
			lines.add(new Line("Rule", rule.code(), EVERYWHERE, rule.definition(), supports(rule)));
		}
		for (PolicyDocument.SourceText source : policy.sources()) {
			lines.add(new Line("Source", source.title(), source.id(),
					"Definition " + source.definition() + ", SHA-256 " + source.sha256(), null));
			if (source.place() != null) {
				lines.add(new Line("Source", "place", source.id(), source.place(), null));
			}
		}
		lines.add(new Line("Placeholder names", "version", EVERYWHERE, policy.placeholders(), null));
		return lines;
	}

	private static @Nullable String supports(PolicyDocument.RuleText rule) {
		return rule.standards().isEmpty() ? null : "supports " + String.join("; ", rule.standards());
	}

	/**
	 * A line of the sheet.
	 */
	private record Line(String part, String name, String scope, String value, @Nullable String supports) {
	}

}
