package io.keysteward.decision;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Optional;

import io.keysteward.xlsx.SerialTime;

/**
 * A time in a cell that shows it as a number, since it has lost its format.
 */
final class WrittenTime {

	/** 1 March 1900: before it programs count differently. */
	private static final BigDecimal FIRST = BigDecimal.valueOf(61);

	/** Many more digits than any number has take a very long time to be read. */
	private static final int LONGEST = 100;

	private WrittenTime() {
	}

	/**
	 * {@return the time that a number stands for, to the second; empty: it is no number,
	 * or no time}
	 */
	static Optional<LocalDateTime> of(String number, boolean since1904) {
		if (number.length() > LONGEST) {
			return Optional.empty();
		}
		try {
			BigDecimal days = new BigDecimal(number);
			return (days.compareTo(FIRST) < 0) ? Optional.empty() : SerialTime.of(days, since1904);
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

}
