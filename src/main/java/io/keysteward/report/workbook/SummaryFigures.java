package io.keysteward.report.workbook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.keysteward.insight.KeyRows;
import io.keysteward.insight.RunView;
import io.keysteward.key.Level;
import io.keysteward.run.Run;
import io.keysteward.run.Totals;
import org.apache.poi.ss.util.CellRangeAddress;

import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * The figures behind the Summary's charts, and the charts.
 */
final class SummaryFigures {

	private static final int PROJECTS = 10;

	private static final int LONGEST_LABEL = 28;

	private final SummaryPage page;

	private final RunView stored;

	SummaryFigures(SummaryPage page, RunView stored) {
		this.page = page;
		this.stored = stored;
	}

	/**
	 * Writes the figures below what is written already, and draws the charts.
	 * @param states keys by state
	 * @param firstRow the first line of the room for the charts
	 * @param endRow the first line below it
	 */
	void write(List<KeyRows.Figure> states, int firstRow, int endRow) {
		Charts charts = new Charts(this.page.sheet(), firstRow, endRow);
		states(charts, states);
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
		this.stored.sql("""
				SELECT coalesce(nullif(btrim(max(k.project_name)), ''), k.project_id, '(no project)') AS project,
				       count(*) FILTER (WHERE f.level = 'WARN') AS warnings,
				       count(*) FILTER (WHERE f.level = 'VIOLATION') AS violations
				FROM keysteward.findings_at(:run) f
				JOIN keysteward.key_snapshot k ON k.run_id = :run AND k.source = f.source AND k.key_id = f.key_id
				WHERE k.judgement = 'JUDGED' AND k.findings <> '{}'
				GROUP BY k.source, k.project_id
				ORDER BY count(*) DESC, violations DESC, k.source COLLATE "C", k.project_id COLLATE "C"
				LIMIT :projects
				""")
			.param("projects", PROJECTS)
			.query((RowCallbackHandler) (row) -> this.page
				.values(List.of(label(row.getString("project")), row.getLong("warnings"), row.getLong("violations"))));
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
		List<Run> runs = new ArrayList<>(this.stored.trend());
		Collections.reverse(runs);
		for (Run run : runs) {
			Totals totals = run.totals();
			if (totals != null) {
				this.page.values(List.of(label(run.key()), totals.flaggedKeys(), violations(totals)));
			}
		}
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

	/**
	 * {@return findings at {@code VIOLATION}}
	 */
	static long violations(Totals totals) {
		return totals.findings()
			.stream()
			.filter((line) -> line.level() == Level.VIOLATION)
			.mapToLong(Totals.RuleTotals::keys)
			.sum();
	}

	private CellRangeAddress names(int first) {
		return this.page.since(first, 0);
	}

	private static String words(List<KeyRows.Figure> figures) {
		return String.join(", ", figures.stream().map((figure) -> figure.label() + " " + figure.number()).toList())
				+ ".";
	}

	/** An axis has no room for more, and nothing of a chart is wrapped. */
	private static String label(String text) {
		if (text.codePointCount(0, text.length()) <= LONGEST_LABEL) {
			return text;
		}
		return text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
	}

}
