package io.keysteward.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The day of an instant in UTC.
 */
public final class UtcDay {

	private UtcDay() {
	}

	/**
	 * {@return the day in UTC}
	 */
	public static LocalDate day(Instant instant) {
		return LocalDate.ofInstant(instant, ZoneOffset.UTC);
	}

}
