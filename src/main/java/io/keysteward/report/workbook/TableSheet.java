package io.keysteward.report.workbook;

import java.util.ArrayList;
import java.util.List;

import io.keysteward.insight.Rows;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTTableStyleInfo;

/**
 * A table on a sheet with a filter and a frozen header; further sheets hold the rows
 * above a sheet's limit.
 *
 * @param <T> the rows
 * @param title the sheet's title
 * @param columns its columns
 * @param rows their number, which must be known before the rows are read
 * @param source reads the rows while the file is written
 */
record TableSheet<T>(String title, List<Column<T>> columns, long rows, Source<T> source) {

	private static final int WIDTH_UNIT = 256;

	/** Wider sheets are printed on A3, to stay readable. */
	private static final int A4_CHARACTERS = 210;

	private static final int FROZEN_COLUMNS = 3;

	/**
	 * {@return a table whose rows are read while the file is written}
	 */
	static <T> TableSheet<T> of(String title, List<Column<T>> columns, Rows<T> rows) {
		return new TableSheet<>(title, columns, rows.count(), (table) -> rows.each(table::add));
	}

	/**
	 * Lays out the table's sheets without rows; an empty table says that it is empty.
	 * @return one sheet or more
	 */
	List<XSSFSheet> layOut(WorkbookBuilder book) {
		List<XSSFSheet> sheets = new ArrayList<>();
		long left = this.rows;
		do {
			XSSFSheet sheet = book.addSheet(sheets.isEmpty() ? this.title : this.title + " " + (sheets.size() + 1));
			int taken = (int) Math.min(left, book.rowsPerSheet() - 1);
			head(sheet, book.styles());
			if (taken > 0) {
				table(sheet, taken);
			}
			else {
				Cells.fill(sheet.createRow(1).createCell(0), book.styles(), CellFormat.TEXT, "none");
			}
			sheet.setDimensionOverride(CellRangeAddress.valueOf(range(Math.max(1, taken))));
			sheets.add(sheet);
			left -= taken;
		}
		while (left > 0);
		return sheets;
	}

	private void head(XSSFSheet sheet, Styles styles) {
		Row header = sheet.createRow(0);
		int width = 0;
		for (int column = 0; column < this.columns.size(); column++) {
			Column<T> definition = this.columns.get(column);
			Cell cell = header.createCell(column);
			cell.setCellValue(definition.header());
			cell.setCellStyle(styles.header());
			sheet.setColumnWidth(column, definition.content().width() * WIDTH_UNIT);
			width += definition.content().width();
		}
		header.setHeightInPoints(32);
		sheet.createFreezePane(Math.min(FROZEN_COLUMNS, this.columns.size() - 1), 1);
		sheet.setRepeatingRows(CellRangeAddress.valueOf("1:1"));
		if (width > A4_CHARACTERS) {
			sheet.getPrintSetup().setPaperSize(PrintSetup.A3_PAPERSIZE);
		}
	}

	/** Takes its header texts from the sheet's first row. */
	private void table(XSSFSheet sheet, int rows) {
		XSSFTable table = sheet.createTable(new AreaReference(range(rows), SpreadsheetVersion.EXCEL2007));
		String name = sheet.getSheetName().replace(' ', '_');
		table.setName(name);
		table.setDisplayName(name);
		table.getCTTable().addNewAutoFilter().setRef(range(rows));
		CTTableStyleInfo style = table.getCTTable().addNewTableStyleInfo();
		style.setName("TableStyleLight1");
		style.setShowRowStripes(true);
		style.setShowColumnStripes(false);
	}

	private String range(int lastRow) {
		return "A1:" + new CellReference(lastRow, this.columns.size() - 1).formatAsString();
	}

	/**
	 * A source of a table's rows.
	 *
	 * @param <T> the rows
	 */
	@FunctionalInterface
	interface Source<T> {

		/**
		 * Passes on every row, in order.
		 */
		void each(TableRows<T> table);

	}

}
