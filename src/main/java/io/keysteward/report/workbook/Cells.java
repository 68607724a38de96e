package io.keysteward.report.workbook;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * Fills a cell with a typed value, never a formula or link.
 */
final class Cells {

	/** Before it spreadsheets differ by a day, since Excel has a 29 February 1900. */
	private static final Instant FIRST = Instant.parse("1900-03-01T00:00:00Z");

	private static final Instant FIRST_YEAR = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

	/** The format of a date cell. */
	private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private Cells() {
	}

	static void fill(CellSink cell, Styles styles, CellFormat content, @Nullable Object value) {
		if (value == null) {
			cell.blank(styles.plain(content));
		}
		else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
			cell.number(number.doubleValue(), styles.plain(CellFormat.NUMBER));
		}
		else if (value instanceof Instant instant && isDate(instant)) {
			cell.number(date(instant), styles.plain(CellFormat.DATE));
		}
		else {
			String text = CellText.cell((value instanceof Instant instant) ? text(instant) : value.toString());
			cell.text(text, styles.text(content, text));
		}
	}

	static void fill(Cell cell, Styles styles, CellFormat content, @Nullable Object value) {
		fill(new InMemory(cell), styles, content, value);
	}

	/** A spreadsheet rounds fractions of a second, even to the next day. */
	private static double date(Instant instant) {
		return DateUtil.getExcelDate(LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC));
	}

	static String text(Instant instant) {
		return (!instant.isBefore(FIRST_YEAR) && instant.isBefore(END)) ? TEXT.format(instant) : instant.toString();
	}

	static boolean isDate(Instant instant) {
		return !instant.isBefore(FIRST) && instant.isBefore(END);
	}

	/**
	 * A cell that POI holds in memory.
	 *
	 * @param cell the cell
	 */
	private record InMemory(Cell cell) implements CellSink {

		@Override
		public void blank(CellStyle style) {
			this.cell.setCellStyle(style);
		}

		@Override
		public void number(double value, CellStyle style) {
			this.cell.setCellValue(value);
			this.cell.setCellStyle(style);
		}

		@Override
		public void text(String text, CellStyle style) {
			this.cell.setCellValue(text);
			this.cell.setCellStyle(style);
		}

	}

}
