package io.keysteward.report.workbook;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.keysteward.insight.InventoryKey;
import io.keysteward.insight.Rows;
import io.keysteward.report.RowCounts;
import org.jspecify.annotations.Nullable;

/**
 * The inventory as a CSV file: UTF-8 with a byte order mark, times in ISO 8601, no
 * formulas: an apostrophe precedes what a spreadsheet would take for one. Other texts
 * stand in it unchanged, since it is for programs.
 */
final class InventoryCsv {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private static final String LINE = "\n";

	private InventoryCsv() {
	}

	/**
	 * {@return the inventory's file name for a workbook of this name}
	 */
	static String companion(String workbook) {
		return workbook.replaceFirst("\\.xlsx$", "") + "-all-keys.csv";
	}

	/**
	 * Writes the file.
	 * @param keys the keys
	 */
	static void write(Rows<InventoryKey> keys, List<Column<InventoryKey>> columns, Path file) throws IOException {
		try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
				CsvWriter csv = CsvWriter.builder()
					.lineDelimiter(LineDelimiter.CRLF)
					.build(out.append(BYTE_ORDER_MARK))) {
			@Nullable String[] fields = new String[columns.size()];
			csv.writeRecord(columns.stream().map(Column::header).toArray(String[]::new));
			keys.each((row) -> {
				for (int column = 0; column < fields.length; column++) {
					fields[column] = field(columns.get(column).value().get(row));
				}
				csv.writeRecord(fields);
			});
		}
		RowCounts.requireSame(String.valueOf(file.getFileName()), keys.count(), "keys stored",
				RowCountCheck.count(Files.newInputStream(file), LINE) - 1, "lines in the file");
	}

	private static @Nullable String field(@Nullable Object value) {
		return (value instanceof String text) ? CellText.csv(text) : (value != null) ? value.toString() : null;
	}

}
