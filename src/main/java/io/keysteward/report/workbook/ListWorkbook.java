package io.keysteward.report.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import io.keysteward.run.Run;

/**
 * One table as a workbook of its own, for a person who would open a CSV file with a
 * double click: a spreadsheet then takes the id 000123 for a number and 12E5 for another.
 */
final class ListWorkbook {

	private ListWorkbook() {
	}

	/**
	 * {@return the file's bytes}
	 * @param run the run that it is of
	 * @param title the sheet's title
	 * @param columns its columns
	 * @param rows its rows
	 * @param <T> the rows
	 */
	static <T> byte[] of(Run run, String title, List<Column<T>> columns, List<T> rows) {
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
