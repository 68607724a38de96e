package io.keysteward.decision;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Times as spreadsheets count them: in days since a day, of which they have two.
 */
final class SerialTime {

	/** So that 1 March 1900 is day 61, since Excel has a 29 February of that year. */
	private static final LocalDate SINCE_1900 = LocalDate.of(1899, 12, 30);

	private static final LocalDate SINCE_1904 = LocalDate.of(1904, 1, 1);

	/** The first day that each program counts alike, and the last year that it shows. */
	private static final BigDecimal FIRST = BigDecimal.valueOf(61);

	private static final BigDecimal LAST = BigDecimal.valueOf(2_958_465);

	private static final BigDecimal SECONDS = BigDecimal.valueOf(86_400);

	private SerialTime() {
	}

	/**
	 * {@return the time that a number stands for, to the second; empty: it is no number,
	 * or no time}
	 */
	static Optional<LocalDateTime> of(String number, boolean since1904) {
		try {
			BigDecimal days = new BigDecimal(number);
			if (days.compareTo(FIRST) < 0 || days.compareTo(LAST) > 0) {
				return Optional.empty();
			}
			long seconds = days.multiply(SECONDS).setScale(0, RoundingMode.HALF_UP).longValueExact();
			return Optional.of((since1904 ? SINCE_1904 : SINCE_1900).atStartOfDay().plusSeconds(seconds));
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

}
