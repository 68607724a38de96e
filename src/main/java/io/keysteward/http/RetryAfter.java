package io.keysteward.http;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The pause that a busy server requests.
 */
public final class RetryAfter {

	private static final int DIGITS = 9;

	private RetryAfter() {
	}

	/**
	 * {@return the pause in the header, in seconds or as a time; null: none, or it is
	 * invalid}
	 * @param answer the server's answer
	 * @param now our time, if the answer has none
	 */
	public static @Nullable Duration read(Answer answer, Instant now) {
		String text = answer.header("Retry-After");
		if (text == null) {
			return null;
		}
		String stripped = text.strip();
		if (stripped.length() <= DIGITS && stripped.matches("\\d+")) {
			return Duration.ofSeconds(Long.parseLong(stripped));
		}
		Instant at = Answer.time(stripped);
		Instant from = (answer.date() != null) ? answer.date() : now;
		if (at == null) {
			return null;
		}
		return at.isAfter(from) ? Duration.between(from, at) : Duration.ZERO;
	}

}
