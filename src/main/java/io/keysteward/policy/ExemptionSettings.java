package io.keysteward.policy;

import java.time.Duration;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Settings under {@code keysteward.exemptions}.
 *
 * @param maxLifetime the longest time from a run's as-of to an exemption's expiry; null:
 * 90 days
 */
public record ExemptionSettings(@Nullable Duration maxLifetime) {

	/** Nothing written. */
	public static final ExemptionSettings EMPTY = new ExemptionSettings(null);

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration MOST = Duration.ofDays(3650);

	public ExemptionSettings {
		if (maxLifetime != null && (maxLifetime.compareTo(DAY) < 0 || maxLifetime.compareTo(MOST) > 0
				|| !maxLifetime.equals(Duration.ofDays(maxLifetime.toDays())))) {
			throw Failure.configuration("keysteward.exemptions.max-lifetime: '" + maxLifetime
					+ "' is not allowed; whole days, 1d to 3650d");
		}
	}

	/**
	 * {@return the longest time from a run's as-of to an exemption's expiry}
	 */
	Duration longest() {
		return (this.maxLifetime != null) ? this.maxLifetime : Duration.ofDays(90);
	}

}
