package io.keysteward.disabling;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * How reasons write times.
 */
final class Sentences {

	private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")
		.withZone(ZoneOffset.UTC);

	private Sentences() {
	}

	/**
	 * {@return the time to the minute: where a day decides by its hours, the day alone
	 * would look like a mistake}
	 */
	static String time(Instant instant) {
		return MINUTE.format(instant);
	}

	/**
	 * {@return the day in UTC}
	 */
	static LocalDate day(Instant instant) {
		return LocalDate.ofInstant(instant, ZoneOffset.UTC);
	}

}
