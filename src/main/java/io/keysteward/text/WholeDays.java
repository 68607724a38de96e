package io.keysteward.text;

import java.time.Duration;
import java.util.Optional;

import org.springframework.boot.convert.DurationStyle;

/**
 * Reads times of whole days, such as {@code 400d}.
 */
public final class WholeDays {

	/** The most days that are allowed. */
	public static final int MOST = 36_500;

	private WholeDays() {
	}

	/**
	 * {@return the time; empty: it is none, not of whole days, or not within the bounds}
	 * @param least the fewest days that are allowed
	 */
	public static Optional<Duration> parse(String text, int least) {
		try {
			Duration time = DurationStyle.detectAndParse(text);
			return Optional.of(time)
				.filter((days) -> days.equals(Duration.ofDays(days.toDays())))
				.filter((days) -> days.toDays() >= least && days.toDays() <= MOST);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return Optional.empty();
		}
	}

}
