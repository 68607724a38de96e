package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.KeyRows;
import io.keysteward.insight.Summary;
import org.apache.poi.ss.util.CellRangeAddress;

/**
 * Writes the Summary's charts and the figures behind them.
 */
final class SummaryFigures {

	private static final int LONGEST_LABEL = 28;

	private final SummaryPage page;

	private final Summary summary;

	SummaryFigures(SummaryPage page, Summary summary) {
		this.page = page;
		this.summary = summary;
	}

	/**
	 * Writes the figures below the last line, and draws the charts.
	 * @param firstRow the first line for the charts
	 * @param endRow the first line below the charts
	 */
	void write(int firstRow, int endRow) {
		Charts charts = new Charts(this.page.sheet(), firstRow, endRow);
		states(charts, this.summary.states());
		projects(charts);
		trend(charts);
	}

	private void states(Charts charts, List<KeyRows.Figure> states) {
		this.page.heading("Keys by state");
		this.page.header(List.of("State", "#Keys"));
		int first = this.page.lastRow();
		states.forEach((state) -> this.page.values(List.of(state.label(), state.number())));
		charts.bars(new Charts.Place("Keys by state", "Bars: how many keys are in which state. " + words(states), 0, 3),
				names(first), List.of(new Charts.Series("Keys", this.page.since(first, 1), Palette.ACCENT)));
	}

	private void projects(Charts charts) {
		this.page.heading("Findings per project, the ten with the most");
		this.page.header(List.of("Project", "#WARN", "#VIOLATION"));
		int first = this.page.lastRow();
		this.summary.projects()
			.forEach((project) -> this.page
				.values(List.of(label(project.project()), project.warnings(), project.violations())));
		if (this.page.lastRow() == first) {
			this.page.values(List.of("none", 0L, 0L));
		}
		charts.bars(new Charts.Place("Findings per project (top 10)",
				"Stacked bars: open findings of the ten projects with the most, by level; the numbers are in the "
						+ "cells below under the same title.",
				3, 9), names(first),
				List.of(new Charts.Series("WARN", this.page.since(first, 1), Palette.WARNING_BAR),
						new Charts.Series("VIOLATION", this.page.since(first, 2), Palette.VIOLATION_BAR)));
	}

	private void trend(Charts charts) {
		this.page.heading("Trend over the last runs that read everything, the oldest first");
		this.page.header(List.of("Run", "#Flagged keys", "#VIOLATION findings"));
		int first = this.page.lastRow();
		this.summary.trend()
			.forEach((run) -> this.page.values(List.of(label(run.runKey()), run.flaggedKeys(), run.violations())));
		if (this.page.lastRow() == first) {
			this.page.values(List.of("none", 0L, 0L));
		}
		charts.lines(new Charts.Place("Trend over the last runs",
				"Lines: flagged keys and findings at VIOLATION in each of the last runs; the numbers are in the "
						+ "cells below under the same title.",
				9, this.page.lastColumn() + 1), names(first),
				List.of(new Charts.Series("Flagged keys", this.page.since(first, 1), Palette.ACCENT),
						new Charts.Series("VIOLATION findings", this.page.since(first, 2), Palette.VIOLATION)));
	}

	private CellRangeAddress names(int first) {
		return this.page.since(first, 0);
	}

	private static String words(List<KeyRows.Figure> figures) {
		return String.join(", ", figures.stream().map((figure) -> figure.label() + " " + figure.number()).toList())
				+ ".";
	}

	/** An axis has no more room, and a chart wraps no text. */
	static String label(String text) {
		if (text.codePointCount(0, text.length()) <= LONGEST_LABEL) {
			return text;
		}
		return text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
	}

}
