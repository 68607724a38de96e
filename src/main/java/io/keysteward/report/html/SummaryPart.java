package io.keysteward.report.html;

import java.util.List;
import java.util.Locale;

import io.keysteward.insight.RunFigures;
import io.keysteward.insight.Summary;
import io.keysteward.insight.Summary.RuleLine;
import io.keysteward.insight.Summary.SourceLine;
import io.keysteward.text.UtcMinute;

/**
 * What a run read, found and did, before the keys.
 */
final class SummaryPart {

	private static final int BAR = 360;

	private static final int LINE = 24;

	private static final int LABEL = 90;

	private final Page page;

	SummaryPart(Page page) {
		this.page = page;
	}

	void write(Summary summary) {
		this.page.element("h1", "API keys: run " + summary.run().key());
		this.page.element("p", "dim",
				"As of " + UtcMinute.of(summary.run().asOf()) + "; read: " + summary.read() + ".");
		summary.alerts().forEach((alert) -> this.page.element("p", "alert", alert));
		this.page.raw("\n<ul class=\"figures\">");
		summary.figures().forEach((figure) -> {
			this.page.raw("<li><b>" + number(figure.number()) + "</b>");
			this.page.text(figure.label());
			this.page.raw("</li>");
		});
		this.page.raw("</ul>\n<div class=\"charts\">\n");
		rules(summary.rules());
		trend(summary.trend());
		this.page.raw("</div>\n");
		this.page.element("h2", "Disabling");
		this.page.element("p", summary.disabling().mode());
		summary.disabling().holds().forEach((hold) -> this.page.element("p", hold));
		this.page.element("p", "Mails to owners: " + summary.disabling().notices());
		this.page.element("h2", "Sources");
		sources(summary.sources());
		summary.controlTotals().forEach((line) -> this.page.element("p", line));
		summary.remarks().forEach((remark) -> this.page.element("p", remark));
	}

	/** A bar of warnings and violations for each rule. */
	private void rules(List<RuleLine> rules) {
		long most = Math.max(1,
				rules.stream().mapToLong((rule) -> rule.warnings() + rule.violations()).max().orElse(1));
		figure("Open findings by rule: violations, then warnings", LABEL + BAR + 130, rules.size() * LINE);
		for (int line = 0; line < rules.size(); line++) {
			RuleLine rule = rules.get(line);
			int top = line * LINE;
			long violations = rule.violations() * BAR / most;
			long warnings = rule.warnings() * BAR / most;
			label(0, top, name(rule.rule()));
			rectangle("violation", LABEL, top, violations);
			rectangle("warn", LABEL + violations, top, warnings);
			label(LABEL + violations + warnings + 6, top, number(rule.violations()) + " + " + number(rule.warnings()));
		}
		this.page.raw("</svg></figure>\n");
	}

	/** A bar of violations for each of the last runs that read everything. */
	private void trend(List<RunFigures> runs) {
		if (runs.size() < 2) {
			return;
		}
		long most = Math.max(1, runs.stream().mapToLong(RunFigures::violations).max().orElse(1));
		figure("Findings at VIOLATION in the last runs that read everything", LABEL + BAR + 80, runs.size() * LINE);
		for (int line = 0; line < runs.size(); line++) {
			RunFigures run = runs.get(line);
			long bar = run.violations() * BAR / most;
			label(0, line * LINE, name(run.runKey()));
			rectangle("violation", LABEL, line * LINE, bar);
			label(LABEL + bar + 6, line * LINE, number(run.violations()));
		}
		this.page.raw("</svg></figure>\n");
	}

	private void figure(String caption, int width, int height) {
		this.page.raw("<figure>");
		this.page.element("figcaption", caption);
		this.page.raw("<svg role=\"img\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " "
				+ height + "\"><title>");
		this.page.text(caption);
		this.page.raw("</title>");
	}

	private void label(long left, int top, String text) {
		this.page.raw("<text x=\"" + left + "\" y=\"" + (top + 16) + "\">");
		this.page.text(text);
		this.page.raw("</text>");
	}

	/** As long as there is room for. */
	private static String name(String name) {
		return (name.length() > 12) ? name.substring(0, 11) + "…" : name;
	}

	private void rectangle(String kind, long left, int top, long width) {
		this.page.raw("<rect class=\"" + kind + "\" x=\"" + left + "\" y=\"" + (top + 4) + "\" width=\"" + width
				+ "\" height=\"16\"/>");
	}

	private void sources(List<SourceLine> sources) {
		this.page.raw("<div class=\"scroll\"><table><thead><tr><th>Source</th><th>What it is</th><th>Read (UTC)</th>"
				+ "<th class=\"number\">Keys</th><th>Result</th></tr></thead><tbody>\n");
		for (SourceLine source : sources) {
			this.page.raw("<tr>");
			this.page.element("td", source.source());
			this.page.element("td", source.title());
			this.page.element("td", (source.snapshotAt() != null) ? UtcMinute.of(source.snapshotAt()) : "");
			this.page.element("td", "number", (source.totals() != null) ? number(source.totals().read()) : "");
			this.page.element("td", "long", source.verdict() + ((source.fault() != null) ? ": " + source.fault() : ""));
			this.page.raw("</tr>\n");
		}
		this.page.raw("</tbody></table></div>\n");
	}

	static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

}
