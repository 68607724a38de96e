package io.keysteward.report.workbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import io.keysteward.report.RowCounts;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a table into its sheets.
 *
 * @param <T> the rows
 */
final class TableRows<T> {

	private static final int LINE_POINTS = 15;

	private final TableSheet<T> table;

	private final List<XSSFSheet> sheets;

	private final Styles styles;

	private final int rowsPerSheet;

	private final XlsxSkeleton shell;

	private final RowXml xml;

	private final @Nullable Object[] values;

	private int sheet;

	/** The last row of the current sheet, counted from 1. */
	private int row = 1;

	private long added;

	/**
	 * Prepares to write a table.
	 * @param table the table
	 * @param sheets the sheets that were laid out for it
	 * @param book the workbook
	 * @param shell the file that is written
	 */
	TableRows(TableSheet<T> table, List<XSSFSheet> sheets, WorkbookBuilder book, XlsxSkeleton shell) {
		this.table = table;
		this.sheets = sheets;
		this.styles = book.styles();
		this.rowsPerSheet = book.rowsPerSheet();
		this.shell = shell;
		this.xml = new RowXml(shell.out(), table.columns().size());
		this.values = new Object[table.columns().size()];
	}

	/**
	 * Writes all sheets of the table.
	 */
	void write() throws IOException {
		this.shell.open(this.sheets.get(0));
		this.table.source().each(this);
		RowCounts.requireSame("sheet '" + this.table.title() + "'", this.table.rows(), "expected", this.added, "rows");
		finishSheet();
	}

	void add(T value) {
		this.added++;
		if (this.added > this.table.rows()) {
			// No sheet has room for it; the count check then fails with the number.
			return;
		}
		try {
			if (this.row == this.rowsPerSheet) {
				finishSheet();
				this.row = 1;
				this.sheet++;
				this.shell.open(this.sheets.get(this.sheet));
			}
			this.row++;
			write(value);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(T value) throws IOException {
		int lines = 1;
		for (int column = 0; column < this.values.length; column++) {
			Column<T> definition = this.table.columns().get(column);
			this.values[column] = definition.value().get(value);
			lines = Math.max(lines, definition.content().lines(this.values[column]));
		}
		this.xml.row(this.row, (lines > 1) ? lines * LINE_POINTS : 0);
		for (int column = 0; column < this.values.length; column++) {
			Cells.fill(this.xml, this.styles, this.table.columns().get(column).content(), this.values[column]);
		}
		this.xml.endRow();
	}

	private void finishSheet() throws IOException {
		this.xml.flush();
		this.shell.close(this.sheets.get(this.sheet), this.row - 1);
	}

}
