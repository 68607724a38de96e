package io.keysteward.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * The inventory as a CSV file: UTF-8 with a byte order mark, times in ISO 8601, nothing
 * in it that a spreadsheet would take for a formula.
 */
final class InventoryCsv {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private static final CSVFormat FORMAT = CSVFormat.RFC4180;

	private static final String LINE = "\n";

	private InventoryCsv() {
	}

	/** Its name is the workbook's, and what it holds. */
	static String nameBeside(String workbook) {
		return workbook.replaceFirst("\\.xlsx$", "") + "-all-keys.csv";
	}

	static void write(Report report, List<Column<ResultSet>> columns, long keys) throws IOException {
		Path file = report.drafts().beside(report.inventoryFile());
		try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
			out.write(BYTE_ORDER_MARK);
			FORMAT.printRecord(out, columns.stream().map(Column::header).toArray());
			KeyRows.ALL.each(report.stored(), (row) -> print(out, columns, row));
		}
		Recheck.same(report.inventoryFile(), keys, "keys stored", Recheck.count(Files.newInputStream(file), LINE) - 1,
				"lines in the file");
	}

	private static void print(Appendable out, List<Column<ResultSet>> columns, ResultSet row) throws SQLException {
		List<@Nullable Object> fields = new ArrayList<>(columns.size());
		for (Column<ResultSet> column : columns) {
			Object value = column.value().of(row);
			fields.add((value instanceof String text) ? CellText.csv(text) : value);
		}
		try {
			FORMAT.printRecord(out, fields.toArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
