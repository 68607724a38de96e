package io.keysteward.report.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;

import org.dhatim.fastexcel.Range;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to write one cell of a large table, compressed and all; and what it takes
 * fastexcel to write the same cells with the same styles.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RowsBenchmark {

	/** Above a hundred thousand the file is compressed less. */
	private static final int ROWS = 110_000;

	private static final int CELLS = 12;

	/** What fastexcel keeps in memory. */
	private static final int KEPT = 1000;

	private static final Instant AS_OF = Instant.parse("2026-11-23T02:00:00Z");

	private static final List<Column<Integer>> COLUMNS = List.of(
			new Column<>("Key id", CellFormat.ID, (row) -> "ak_" + row), text("Name", CellFormat.NAME, "prod-invoice-export-"),
			text("Masked key", CellFormat.TEXT, "sk-a****9xQ2 "), text("Project", CellFormat.NAME, "billing "),
			text("Owner", CellFormat.NAME, "Owner Number "), text("Owner email", CellFormat.NAME, "owner@example.com "),
			new Column<>("Created", CellFormat.DATE, (row) -> AS_OF.minusSeconds(row * 61L)),
			new Column<>("Last used", CellFormat.DATE, (row) -> AS_OF.minusSeconds(row * 13L)),
			new Column<>("Idle days", CellFormat.NUMBER, (row) -> row % 200), text("Findings", CellFormat.NAME, "IDLE "),
			new Column<>("Level", CellFormat.LEVEL, (row) -> "VIOLATION"),
			text("Reasons", CellFormat.LONG_TEXT, "Last used on 2026-05-11, 196 days ago; the threshold is 90 days. "));

	@Benchmark
	@OperationsPerInvocation(ROWS * CELLS)
	public void written() throws IOException, SQLException {
		try (WorkbookBuilder book = new WorkbookBuilder("bench", AS_OF, WorkbookBuilder.excelRows())) {
			book.add(new TableSheet<>("Findings", COLUMNS, ROWS, (table) -> {
				for (int row = 0; row < ROWS; row++) {
					table.add(row);
				}
			}));
			book.writeTo(OutputStream.nullOutputStream());
		}
	}

	@Benchmark
	@OperationsPerInvocation(ROWS * CELLS)
	public void writtenByFastexcel() throws IOException, SQLException {
		try (Workbook workbook = new Workbook(OutputStream.nullOutputStream(), "Keysteward", "1.0")) {
			workbook.setCompressionLevel(Deflater.BEST_SPEED);
			Worksheet sheet = workbook.newWorksheet("Findings");
			for (int from = 0; from < ROWS; from += KEPT) {
				for (int row = from; row < from + KEPT; row++) {
					fill(sheet, row);
				}
				for (int column = 0; column < CELLS; column++) {
					style(sheet.range(from, column, from + KEPT - 1, column), COLUMNS.get(column).content());
				}
				sheet.flush();
			}
		}
	}

	private static void fill(Worksheet sheet, int row) throws SQLException {
		for (int column = 0; column < CELLS; column++) {
			Object value = COLUMNS.get(column).value().get(row);
			if (value instanceof Number number) {
				sheet.value(row, column, number);
			}
			else if (value instanceof Instant instant) {
				sheet.value(row, column, instant);
			}
			else {
				sheet.inlineString(row, column, CellText.cell(String.valueOf(value)));
			}
		}
	}

	private static void style(Range cells, CellFormat content) {
		var style = cells.style().verticalAlignment("top").wrapText(content.wraps()).borderStyle("thin");
		switch (content) {
			case DATE -> style.format("yyyy-mm-dd hh:mm").horizontalAlignment("left").set();
			case NUMBER -> style.format("#,##0").horizontalAlignment("right").indent(1).set();
			case LEVEL -> style.bold().fillColor("FBE9E7").set();
			default -> style.format("@").set();
		}
	}

	private static Column<Integer> text(String title, CellFormat content, String text) {
		return new Column<>(title, content, (row) -> text + row);
	}

}
