package io.keysteward.xlsx;

import java.util.HashMap;
import java.util.Map;

import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.jspecify.annotations.Nullable;

/**
 * Which of a workbook's styles show a number as a time.
 */
final class DateStyles {

	private final @Nullable StylesTable styles;

	private final Map<Integer, Boolean> dates = new HashMap<>();

	DateStyles(@Nullable StylesTable styles) {
		this.styles = styles;
	}

	/**
	 * {@return whether a style shows times}
	 * @param style its number, as a cell has it; null: none
	 */
	boolean areTimes(@Nullable String style) {
		return style != null && this.styles != null
				&& this.dates.computeIfAbsent(Integer.valueOf(style), (number) -> isDate(this.styles, number));
	}

	private static boolean isDate(StylesTable styles, int number) {
		if (number >= styles.getNumCellStyles()) {
			return false;
		}
		XSSFCellStyle cell = styles.getStyleAt(number);
		return DateUtil.isADateFormat(cell.getDataFormat(), cell.getDataFormatString());
	}

}
