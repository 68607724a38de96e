package io.keysteward.source.definition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The start of recording use: an instant, or a SELECT that asks the source for it.
 *
 * @param at the instant, or null
 * @param select the statement, or null
 */
public record KnownSince(@Nullable Instant at, @Nullable String select) {

	/** Use is known from the start. */
	public static final KnownSince START = new KnownSince(null, null);

	static final String ALLOWED = "a date (2026-02-14, from midnight UTC), an instant (2026-02-14T08:00:00Z) or a SELECT";

	/**
	 * {@return the start of recording in the text}
	 * @throws IllegalArgumentException where the text is not valid
	 */
	static KnownSince parse(String text) {
		String word = text.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
		if (word.equals("SELECT") || word.equals("WITH")) {
			return new KnownSince(null, text);
		}
		return new KnownSince(instant(text.strip()), null);
	}

	/**
	 * {@return the instant, or the date's midnight in UTC}
	 * @throws IllegalArgumentException where the text is neither
	 */
	static Instant instant(String text) {
		try {
			return text.contains("T") ? OffsetDateTime.parse(text).toInstant()
					: LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("Not a time: " + text, ex);
		}
	}

}
