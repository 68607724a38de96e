package io.keysteward.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Settings under {@code keysteward.exemptions}.
 *
 * @param maxLifetime the longest time from a run's as-of to an exemption's expiry; null:
 * 90 days
 */
public record ExemptionSettings(@Nullable Duration maxLifetime) {

}
