package io.keysteward.report.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import io.keysteward.run.Run;

/**
 * Writes one table as a workbook for people. A CSV file opened by a double click would
 * turn the ids 000123 and 12E5 into other numbers.
 */
final class ListWorkbook {

	private ListWorkbook() {
	}

	/**
	 * {@return the file's bytes}
	 * @param run the run
	 * @param title the sheet's title
	 * @param columns its columns
	 * @param rows its rows
	 * @param <T> the rows
	 */
	static <T> byte[] write(Run run, String title, List<Column<T>> columns, List<T> rows) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (WorkbookBuilder book = new WorkbookBuilder(title, run.key(), run.asOf(), WorkbookBuilder.excelRows())) {
			book.add(new TableSheet<>(title, columns, rows.size(), (table) -> {
				for (T row : rows) {
					table.add(row);
				}
			}));
			book.writeTo(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

}
