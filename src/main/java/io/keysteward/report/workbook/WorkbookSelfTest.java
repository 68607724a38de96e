package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.keysteward.insight.KeyRows;

/**
 * Writes an empty workbook to check that this Java can.
 */
final class WorkbookSelfTest {

	private static final int CHART_ROWS = 20;

	private static final KeyRows.Figure FIGURE = new KeyRows.Figure("Keys", 0);

	private static final List<Column<KeyRows.Figure>> COLUMNS = List.of(
			new Column<>("Name", CellFormat.NAME, KeyRows.Figure::label),
			new Column<>("Number", CellFormat.NUMBER, KeyRows.Figure::number));

	private WorkbookSelfTest() {
	}

	/**
	 * Writes a sheet of each kind with a chart, and reads the file again.
	 */
	static void write(Path file) throws IOException {
		try (WorkbookBuilder book = new WorkbookBuilder("trial", Instant.EPOCH, WorkbookBuilder.excelRows())) {
			SummaryPage page = new SummaryPage(book.addSheet("Summary"), book.styles());
			Charts charts = new Charts(page.sheet(), 0, page.space(CHART_ROWS) + CHART_ROWS);
			page.bigNumbers(List.of(FIGURE));
			int first = page.lastRow();
			page.values(List.of(FIGURE.label(), FIGURE.number()));
			charts.bars(new Charts.Place("Trial", "Bars: none", 0, 1), page.since(first, 0),
					List.of(new Charts.Series("Keys", page.since(first, 1), Palette.ACCENT)));
			book.add(new TableSheet<>("Table", COLUMNS, 1, (table) -> table.add(FIGURE)));
			book.save(file);
		}
	}

}
