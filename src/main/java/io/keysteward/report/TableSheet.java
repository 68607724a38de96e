package io.keysteward.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;

import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTTableStyleInfo;

/**
 * A table on a sheet of its own, with a filter and a frozen header, that goes on on a
 * further sheet where one is full.
 *
 * @param <T> the rows
 */
final class TableSheet<T> {

	private static final int WIDTH_UNIT = 256;

	/** Wider sheets are set up for A3, to stay readable on paper. */
	private static final int A4_CHARACTERS = 210;

	private static final float LINE_POINTS = 15;

	private static final int FROZEN_COLUMNS = 3;

	private final Book book;

	private final String title;

	private final List<Column<T>> columns;

	private final long announced;

	private SXSSFSheet sheet;

	private int part;

	private int row;

	private long added;

	/**
	 * Opens a table.
	 * @param book where to
	 * @param title the sheet's title
	 * @param columns its columns
	 * @param rows how many rows will be added: a table knows its size before its content
	 */
	TableSheet(Book book, String title, List<Column<T>> columns, long rows) {
		this.book = book;
		this.title = title;
		this.columns = columns;
		this.announced = rows;
		this.sheet = open();
	}

	void add(T value) throws SQLException {
		if (this.row + 1 >= this.book.rowsPerSheet()) {
			rollOver();
		}
		this.row++;
		this.added++;
		Row cells = this.sheet.createRow(this.row);
		int lines = 1;
		for (int column = 0; column < this.columns.size(); column++) {
			Column<T> definition = this.columns.get(column);
			Object content = definition.value().of(value);
			Cells.fill(cells.createCell(column), this.book.styles(), definition.content(), content);
			lines = Math.max(lines, definition.content().lines(content));
		}
		if (lines > 1) {
			cells.setHeightInPoints(lines * LINE_POINTS);
		}
	}

	/**
	 * Completes the table; an empty one says so.
	 */
	void finish() throws IOException {
		Recheck.same("sheet '" + this.title + "'", this.announced, "expected", this.added, "rows");
		finishPart();
	}

	private SXSSFSheet open() {
		this.part++;
		this.row = 0;
		SXSSFSheet opened = this.book.addSheet((this.part == 1) ? this.title : this.title + " " + this.part);
		XSSFSheet head = this.book.head(opened);
		Row header = head.createRow(0);
		int width = 0;
		for (int column = 0; column < this.columns.size(); column++) {
			Column<T> definition = this.columns.get(column);
			Cell cell = header.createCell(column);
			cell.setCellValue(definition.header());
			cell.setCellStyle(this.book.styles().header());
			head.setColumnWidth(column, definition.content().width() * WIDTH_UNIT);
			width += definition.content().width();
		}
		header.setHeightInPoints(32);
		head.createFreezePane(Math.min(FROZEN_COLUMNS, this.columns.size() - 1), 1);
		head.setRepeatingRows(CellRangeAddress.valueOf("1:1"));
		if (width > A4_CHARACTERS) {
			head.getPrintSetup().setPaperSize(PrintSetup.A3_PAPERSIZE);
		}
		return opened;
	}

	private void rollOver() {
		try {
			finishPart();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.sheet = open();
	}

	private void finishPart() throws IOException {
		if (this.row == 0) {
			Cell none = this.sheet.createRow(1).createCell(0);
			Cells.fill(none, this.book.styles(), Content.TEXT, "none");
			this.book.finished(this.sheet, 2, range(1));
			return;
		}
		table(this.book.head(this.sheet));
		this.book.finished(this.sheet, this.row + 1L, range(this.row));
	}

	/** Its header texts are taken from the sheet's first row. */
	private void table(XSSFSheet head) {
		XSSFTable table = head.createTable(new AreaReference(range(this.row), SpreadsheetVersion.EXCEL2007));
		String name = head.getSheetName().replace(' ', '_');
		table.setName(name);
		table.setDisplayName(name);
		table.getCTTable().addNewAutoFilter().setRef(range(this.row));
		CTTableStyleInfo style = table.getCTTable().addNewTableStyleInfo();
		style.setName("TableStyleLight1");
		style.setShowRowStripes(true);
		style.setShowColumnStripes(false);
	}

	private String range(int lastRow) {
		return "A1:" + new CellReference(lastRow, this.columns.size() - 1).formatAsString();
	}

}
