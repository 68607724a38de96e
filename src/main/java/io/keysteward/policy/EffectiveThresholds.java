package io.keysteward.policy;

import java.time.Duration;

import io.keysteward.key.SourceTraits;
import io.keysteward.text.Failure;

/**
 * The effective settings for a key, and the properties of the two that depend on the
 * source.
 *
 * @param thresholds the settings
 * @param warnProperty the property that sets {@code idle.warn}
 * @param uncertaintyProperty the property that sets {@code uncertainty}
 */
record EffectiveThresholds(Thresholds thresholds, String warnProperty, String uncertaintyProperty) {

	/**
	 * Refuses a warning threshold below the precision of the source's times; the
	 * violation threshold is always longer.
	 */
	void requireFits(SourceTraits source) {
		Duration margin = source.granularity().plus(this.thresholds.uncertainty());
		if (this.thresholds.idleWarn().compareTo(margin) >= 0) {
			return;
		}
		long days = margin.plusDays(1).minusNanos(1).toDays();
		throw Failure.configuration(this.warnProperty + ": '" + DurationText.format(this.thresholds.idleWarn())
				+ "' is not allowed for source '" + source.source() + "': it is shorter than the source's granularity '"
				+ DurationText.format(source.granularity()) + "' plus the uncertainty '"
				+ DurationText.format(this.thresholds.uncertainty()) + "'. Raise it to '" + days
				+ "d' or more, or lower " + this.uncertaintyProperty + ".");
	}

}
