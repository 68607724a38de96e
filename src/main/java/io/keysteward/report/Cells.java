package io.keysteward.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.apache.poi.ss.usermodel.Cell;
import org.jspecify.annotations.Nullable;

/**
 * Fills a cell with a value of its own type: never a formula, never a link.
 */
final class Cells {

	/** What a cell can hold as a date; Excel knows no earlier one. */
	private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");

	private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

	private Cells() {
	}

	static void fill(Cell cell, Styles styles, Content content, @Nullable Object value) {
		if (value == null) {
			cell.setCellStyle(styles.plain(content));
		}
		else if (value instanceof Number number) {
			cell.setCellValue(number.doubleValue());
			cell.setCellStyle(styles.plain(Content.NUMBER));
		}
		else if (value instanceof Instant instant && isDate(instant)) {
			cell.setCellValue(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
			cell.setCellStyle(styles.plain(Content.DATE));
		}
		else {
			String text = CellText.cell(value.toString());
			cell.setCellValue(text);
			cell.setCellStyle(styles.text(content, text));
		}
	}

	private static boolean isDate(Instant instant) {
		return !instant.isBefore(FIRST) && instant.isBefore(END);
	}

}
