package io.keysteward.policy;

import java.time.Duration;

import io.keysteward.text.Failure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code keysteward.exemptions}.
 *
 * @param maxLifetime the longest time from a run's as-of to an exemption's expiry
 */
public record ExemptionSettings(@DefaultValue("90d") Duration maxLifetime) {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration MOST = Duration.ofDays(3650);

	public ExemptionSettings {
		if (maxLifetime.compareTo(DAY) < 0 || maxLifetime.compareTo(MOST) > 0
				|| !maxLifetime.equals(Duration.ofDays(maxLifetime.toDays()))) {
			throw Failure.configuration("keysteward.exemptions.max-lifetime: '" + maxLifetime
					+ "' is not allowed; whole days, 1d to 3650d");
		}
	}

}
