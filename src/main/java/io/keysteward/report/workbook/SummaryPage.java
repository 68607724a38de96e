package io.keysteward.report.workbook;

import java.time.Instant;
import java.util.List;

import io.keysteward.insight.KeyRows;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Lays the Summary out line by line from the top.
 */
final class SummaryPage {

	/** Widths in characters: labels, text, time, eight numbers, a verdict, a sentence. */
	private static final List<Integer> WIDTHS = List.of(26, 24, 18, 12, 12, 12, 12, 12, 12, 12, 12, 17, 36);

	/** The column with a source's title, which ends with the name of its file. */
	private static final int TITLE = 1;

	private static final int WIDTH_UNIT = 256;

	/** Excel's limit, in points. */
	private static final int HIGHEST = 409;

	private final XSSFSheet sheet;

	private final Styles styles;

	private final CellStyle title;

	private final CellStyle subtitle;

	private final CellStyle alert;

	private final CellStyle heading;

	private final CellStyle header;

	private final CellStyle numberHeader;

	private final CellStyle label;

	private final CellStyle value;

	private final CellStyle date;

	private final CellStyle number;

	private final CellStyle bigNumber;

	private final CellStyle bigLabel;

	private int next;

	SummaryPage(XSSFSheet sheet, Styles styles) {
		this.sheet = sheet;
		this.styles = styles;
		this.title = style(Palette.INK, true, 20);
		this.subtitle = style(Palette.MUTED, false, 12);
		this.alert = filled(Palette.WHITE, 12, Palette.VIOLATION);
		this.heading = style(Palette.INK, true, 13);
		this.header = filled(Palette.INK, 10, Palette.MUTED_TINT);
		this.numberHeader = filled(Palette.INK, 10, Palette.MUTED_TINT);
		this.numberHeader.setAlignment(HorizontalAlignment.RIGHT);
		this.numberHeader.setIndention((short) 1);
		this.header.setWrapText(true);
		this.numberHeader.setWrapText(true);
		this.label = style(Palette.MUTED, false, 11);
		this.value = style(Palette.INK, false, 11);
		this.value.setAlignment(HorizontalAlignment.LEFT);
		this.date = number(this.value, "yyyy-mm-dd hh:mm");
		this.number = number(this.value, "#,##0");
		this.bigNumber = style(Palette.INK, true, 18);
		this.bigNumber.setAlignment(HorizontalAlignment.LEFT);
		this.bigNumber.setShrinkToFit(true);
		this.bigNumber.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat("#,##0"));
		this.bigLabel = style(Palette.MUTED, false, 10);
		this.bigLabel.setWrapText(true);
		this.bigLabel.setVerticalAlignment(VerticalAlignment.TOP);
		for (int column = 0; column < WIDTHS.size(); column++) {
			sheet.setColumnWidth(column, WIDTHS.get(column) * WIDTH_UNIT);
		}
		sheet.setDisplayGridlines(false);
	}

	int lastRow() {
		return this.next;
	}

	int lastColumn() {
		return WIDTHS.size() - 1;
	}

	XSSFSheet sheet() {
		return this.sheet;
	}

	void title(String text) {
		row(30).createCell(0).setCellStyle(this.title);
		last(0).setCellValue(text);
	}

	void subtitle(String text) {
		write(row(20).createCell(0), text, this.subtitle);
	}

	/** A line that is conspicuous without colours too. */
	void alert(String text) {
		XSSFRow row = row(24);
		for (int column = 0; column < WIDTHS.size(); column++) {
			row.createCell(column).setCellStyle(this.alert);
		}
		write(row.getCell(0), text, this.alert);
	}

	void bigNumbers(List<KeyRows.Figure> figures) {
		XSSFRow numbers = row(28);
		XSSFRow labels = row(30);
		for (int column = 0; column < figures.size(); column++) {
			Cell number = numbers.createCell(column);
			number.setCellValue(figures.get(column).number());
			number.setCellStyle(this.bigNumber);
			write(labels.createCell(column), figures.get(column).label(), this.bigLabel);
		}
	}

	/**
	 * Leaves lines free.
	 * @return the first free line
	 */
	int space(int rows) {
		int first = this.next;
		this.next += rows;
		return first;
	}

	/** Starts a new printed page. */
	void newPage() {
		this.sheet.setRowBreak(this.next - 1);
	}

	void heading(String text) {
		space(1);
		write(row(20).createCell(0), text, this.heading);
	}

	void fact(String name, @Nullable Object fact) {
		XSSFRow row = row(16);
		write(row.createCell(0), name, this.label);
		Cell cell = row.createCell(1);
		Cells.fill(cell, this.styles, CellFormat.TEXT, fact);
		cell.setCellStyle((fact instanceof Instant) ? this.date : (fact instanceof Number) ? this.number : this.value);
	}

	void line(String text) {
		write(row(16).createCell(0), text, this.value);
	}

	/** A header marks a column of numbers with a leading {@code #}. */
	void header(List<String> texts) {
		XSSFRow row = row(30);
		for (int column = 0; column < texts.size(); column++) {
			String text = texts.get(column);
			boolean number = text.startsWith("#");
			write(row.createCell(column), number ? text.substring(1) : text, number ? this.numberHeader : this.header);
		}
	}

	/**
	 * Writes a line of a small table.
	 */
	void values(List<? extends @Nullable Object> values) {
		XSSFRow row = row(16);
		for (int column = 0; column < values.size(); column++) {
			Object value = values.get(column);
			boolean wraps = value instanceof String && (column == TITLE || column == lastColumn());
			CellFormat content = wraps ? CellFormat.NOTE : CellFormat.TEXT;
			int lines = content.lines(value, WIDTHS.get(column));
			row.setHeightInPoints(Math.min(HIGHEST, Math.max(row.getHeightInPoints(), 16 * lines)));
			Cells.fill(row.createCell(column), this.styles, content, value);
		}
	}

	/**
	 * {@return the cells from a line to the last written one}
	 */
	CellRangeAddress since(int firstRow, int column) {
		return new CellRangeAddress(firstRow, this.next - 1, column, column);
	}

	private XSSFRow row(int points) {
		XSSFRow row = this.sheet.createRow(this.next++);
		row.setHeightInPoints(points);
		return row;
	}

	private Cell last(int column) {
		return this.sheet.getRow(this.next - 1).getCell(column);
	}

	private static void write(Cell cell, String text, CellStyle style) {
		cell.setCellValue(CellText.cell(text));
		cell.setCellStyle(style);
	}

	private XSSFCellStyle style(String colour, boolean bold, int points) {
		XSSFWorkbook workbook = this.sheet.getWorkbook();
		XSSFCellStyle style = workbook.createCellStyle();
		style.setFont(this.styles.font(colour, bold, points));
		style.setVerticalAlignment(VerticalAlignment.CENTER);
		return style;
	}

	private CellStyle number(CellStyle like, String format) {
		CellStyle style = this.sheet.getWorkbook().createCellStyle();
		style.cloneStyleFrom(like);
		style.setDataFormat(this.sheet.getWorkbook().createDataFormat().getFormat(format));
		return style;
	}

	private XSSFCellStyle filled(String colour, int points, String background) {
		XSSFCellStyle style = style(colour, true, points);
		Styles.fill(style, background);
		return style;
	}

}
