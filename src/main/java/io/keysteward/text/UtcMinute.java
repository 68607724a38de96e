package io.keysteward.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Formats times for people: to the minute, in UTC.
 */
public final class UtcMinute {

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private UtcMinute() {
	}

	/**
	 * {@return such as {@code 2026-11-23 02:00 UTC}}
	 */
	public static String of(Instant instant) {
		return UTC.format(instant);
	}

}
