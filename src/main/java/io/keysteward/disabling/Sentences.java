package io.keysteward.disabling;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How reasons write times.
 */
final class Sentences {

	private Sentences() {
	}

	/**
	 * {@return the day in UTC}
	 */
	static LocalDate day(Instant instant) {
		return LocalDate.ofInstant(instant, ZoneOffset.UTC);
	}

}
