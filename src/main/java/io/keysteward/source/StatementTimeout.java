package io.keysteward.source;

import java.time.Duration;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The time limit of one statement or one answer of a source.
 */
public final class StatementTimeout {

	private static final Duration USUAL = Duration.ofMinutes(5);

	private StatementTimeout() {
	}

	/**
	 * {@return the time limit, which must be in the allowed range}
	 * @param property the setting's name
	 * @param timeout the setting; null: not set
	 */
	public static Duration require(String property, @Nullable Duration timeout) {
		if (timeout == null) {
			return USUAL;
		}
		if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofDays(1)) > 0) {
			throw Failure.configuration(property + " '" + timeout + "' is not allowed; write 1s to 24h");
		}
		return timeout;
	}

}
