package io.keysteward.notice.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.keysteward.text.Plural;

/**
 * Formats numbers and times for mails, the same in every locale.
 */
final class MailFormat {

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter MINUTE = DateTimeFormatter
		.ofPattern("d MMMM yyyy 'at' HH:mm", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private MailFormat() {
	}

	static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	/**
	 * {@return the number with its noun in singular or plural}
	 */
	static String count(long number, String noun) {
		return number(number) + " " + Plural.noun(number, noun);
	}

	/**
	 * {@return the day for a person, such as 7 December 2026}
	 */
	static String day(Instant instant) {
		return DAY.format(instant);
	}

	/**
	 * {@return the day and the minute, such as 7 December 2026 at 02:14}
	 */
	static String minute(Instant instant) {
		return MINUTE.format(instant);
	}

	/**
	 * {@return a duration in its largest whole unit, such as 5 minutes}
	 */
	static String duration(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds % 3600 == 0) {
			return count(seconds / 3600, "hour");
		}
		return (seconds % 60 == 0) ? count(seconds / 60, "minute") : count(seconds, "second");
	}

	static String utc(Instant instant) {
		return UTC.format(instant);
	}

}
