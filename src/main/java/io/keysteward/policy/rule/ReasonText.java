package io.keysteward.policy.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.keysteward.text.Plural;

/**
 * Formats parts of the rules' sentences for people.
 */
final class ReasonText {

	private static final int LONGEST_QUOTE = 60;

	private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

	private static final int ZERO_WIDTH_JOINER = 0x200D;

	private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

	private ReasonText() {
	}

	/**
	 * {@return the date in UTC, such as {@code 2026-08-18}}
	 */
	static String date(Instant instant) {
		return DATE.format(instant);
	}

	/**
	 * {@return a number of whole days, such as {@code 45 days}}
	 */
	static String days(Duration duration) {
		return Plural.of(duration.toDays(), "day");
	}

	/**
	 * {@return a short duration, such as {@code 48h 5m}}
	 */
	static String hours(Duration duration) {
		StringBuilder text = new StringBuilder();
		append(text, duration.toHours(), "h");
		append(text, duration.toMinutesPart(), "m");
		append(text, duration.toSecondsPart(), "s");
		return text.toString();
	}

	/**
	 * {@return untrusted text in quotes, cut, on one line, without characters that hide
	 * or turn the rest}
	 */
	static String quoted(String untrusted) {
		StringBuilder quote = new StringBuilder("'");
		untrusted.codePoints().limit(LONGEST_QUOTE).map(ReasonText::harmless).forEach(quote::appendCodePoint);
		boolean cut = untrusted.codePoints().skip(LONGEST_QUOTE).findAny().isPresent();
		return quote.append(cut ? "…'" : "'").toString();
	}

	private static int harmless(int character) {
		return switch (Character.getType(character)) {
			case Character.FORMAT -> joins(character) ? character : '\uFFFD';
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
				'\uFFFD';
			default -> character;
		};
	}

	/** Persian words and emoji need these. */
	private static boolean joins(int character) {
		return character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
	}

	private static void append(StringBuilder text, long count, String unit) {
		if (count > 0) {
			text.append(text.isEmpty() ? "" : " ").append(count).append(unit);
		}
	}

}
