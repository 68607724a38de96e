package io.keysteward.xlsx;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

import org.apache.poi.ss.usermodel.DateUtil;

/**
 * Times as spreadsheets count them: in days since a day, of which they have two.
 */
public final class SerialTime {

	/** The first of January 10000, as a number. */
	private static final BigDecimal END = BigDecimal.valueOf(2_958_466);

	/** By so much are the numbers of a workbook smaller that counts from 1904. */
	private static final BigDecimal UNTIL_1904 = BigDecimal.valueOf(1_462);

	private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

	private SerialTime() {
	}

	/**
	 * {@return the time that a number stands for, to the second; empty: none before the
	 * year 10000}
	 * @param since1904 whether the workbook counts from 1904
	 */
	public static Optional<LocalDateTime> of(BigDecimal number, boolean since1904) {
		// POI refuses numbers below zero only.
		BigDecimal end = since1904 ? END.subtract(UNTIL_1904) : END;
		return (number.compareTo(end) < 0)
				? Optional.ofNullable(DateUtil.getLocalDateTime(number.doubleValue(), since1904, true))
				: Optional.empty();
	}

	/**
	 * {@return the time as cells show it, such as {@code 2026-11-01 08:00:00}}
	 */
	public static String text(LocalDateTime time) {
		return TEXT.format(time);
	}

}
