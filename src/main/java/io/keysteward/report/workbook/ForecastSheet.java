package io.keysteward.report.workbook;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.keysteward.insight.Forecast;
import io.keysteward.insight.ForecastNight;
import io.keysteward.insight.ForecastStep;
import io.keysteward.insight.ForecastStep.Kind;
import io.keysteward.insight.ForecastText;
import org.apache.poi.ss.util.CellRangeAddress;

/**
 * Sheet {@code Forecast}: the verdict, what it assumes, charts, and a line for each
 * night.
 */
final class ForecastSheet {

	private static final int CHART_ROWS = 18;

	private static final int MOST_GROUPS = 10;

	private final Forecast forecast;

	private final Map<String, Counts> sources;

	private final Map<String, Counts> owners;

	/**
	 * A sheet.
	 * @param sources all steps by the key's source
	 * @param owners all steps by the recipients of the mails
	 */
	ForecastSheet(Forecast forecast, Map<String, Counts> sources, Map<String, Counts> owners) {
		this.forecast = forecast;
		this.sources = sources;
		this.owners = owners;
	}

	void write(WorkbookBuilder book) {
		SummaryPage page = new SummaryPage(book.addSheet("Forecast"), book.styles());
		ForecastText text = new ForecastText(this.forecast);
		page.title("Forecast of the coming nights");
		page.subtitle("Rehearsed from run " + this.forecast.inventory().key() + " by " + this.forecast.requestedBy());
		page.alert(text.verdict());
		text.holds().forEach(page::line);
		int charts = page.space(CHART_ROWS);
		page.heading("What it assumes");
		this.forecast.assumptions().forEach(page::line);
		Charts drawn = new Charts(page.sheet(), charts, charts + CHART_ROWS);
		groups(page, drawn, "By source", "Source", this.sources, 6, 9);
		groups(page, drawn, "By recipient of the mails, the ten with the most keys", "Mail to", this.owners, 9,
				page.lastColumn() + 1);
		nights(page, drawn);
	}

	private void nights(SummaryPage page, Charts charts) {
		page.newPage();
		page.heading("Night by night");
		page.header(List.of("Night (UTC)", "Held as a whole by", "#Mails to owners", "#Warned", "#Last warnings",
				"#Disabled", "#Over the bound"));
		int first = page.lastRow();
		this.forecast.nights().forEach((night) -> page.values(line(night)));
		int end = page.lastRow();
		page.values(List.of("All nights", "", this.forecast.mails(), this.forecast.count(Kind.WARNING),
				this.forecast.count(Kind.FINAL), this.forecast.count(Kind.DISABLED), ""));
		charts.lines(
				new Charts.Place("Keys by night",
						"Lines: how many keys are warned, warned for the last time and disabled in each night; the"
								+ " numbers are in the cells below under Night by night.",
						0, 6),
				column(first, end, 0),
				List.of(new Charts.Series("Warned", column(first, end, 3), Palette.WARNING_BAR),
						new Charts.Series("Last warnings", column(first, end, 4), Palette.ACCENT),
						new Charts.Series("Disabled", column(first, end, 5), Palette.VIOLATION_BAR)));
	}

	private static List<Object> line(ForecastNight night) {
		return List.of(night.day().toString(), night.heldBy(), night.mails(), night.count(Kind.WARNING),
				night.count(Kind.FINAL), night.count(Kind.DISABLED), night.overBound());
	}

	private static void groups(SummaryPage page, Charts charts, String title, String name, Map<String, Counts> groups,
			int column, int end) {
		page.heading(title);
		page.header(List.of(name, "#Warned", "#Last warnings", "#Disabled"));
		int first = page.lastRow();
		groups.entrySet()
			.stream()
			.sorted(Comparator.comparingLong((Map.Entry<String, Counts> group) -> -group.getValue().sum())
				.thenComparing(Map.Entry::getKey))
			.limit(MOST_GROUPS)
			.forEach((group) -> page.values(List.of(SummaryFigures.label(group.getKey()), group.getValue().warned(),
					group.getValue().last(), group.getValue().disabled())));
		if (page.lastRow() == first) {
			page.values(List.of("none", 0L, 0L, 0L));
		}
		charts.bars(
				new Charts.Place(
						title, "Stacked bars; the numbers are in the cells below under the same title.", column, end),
				page.since(first, 0),
				List.of(new Charts.Series("Warned", page.since(first, 1), Palette.WARNING_BAR),
						new Charts.Series("Last warnings", page.since(first, 2), Palette.ACCENT),
						new Charts.Series("Disabled", page.since(first, 3), Palette.VIOLATION_BAR)));
	}

	private static CellRangeAddress column(int first, int end, int column) {
		return new CellRangeAddress(first, end - 1, column, column);
	}

	/**
	 * How many keys a group of steps takes each step with.
	 *
	 * @param warned the warnings
	 * @param last the last warnings
	 * @param disabled the disablings
	 */
	record Counts(long warned, long last, long disabled) {

		static Counts of(ForecastStep step) {
			return new Counts((step.kind() == Kind.WARNING) ? 1 : 0, (step.kind() == Kind.FINAL) ? 1 : 0,
					(step.kind() == Kind.DISABLED) ? 1 : 0);
		}

		Counts plus(Counts other) {
			return new Counts(this.warned + other.warned, this.last + other.last, this.disabled + other.disabled);
		}

		long sum() {
			return this.warned + this.last + this.disabled;
		}

	}

}
