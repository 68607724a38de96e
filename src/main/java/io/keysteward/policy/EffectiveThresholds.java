package io.keysteward.policy;

import java.time.Duration;

import io.keysteward.key.SourceTraits;
import io.keysteward.text.Failure;

/**
 * Effective settings, and where the two that depend on the source were written.
 *
 * @param thresholds the settings
 * @param warnProperty the property that gave {@code idle.warn}
 * @param uncertaintyProperty the property that gave {@code uncertainty}
 */
record EffectiveThresholds(Thresholds thresholds, String warnProperty, String uncertaintyProperty) {

	/**
	 * Refuses a warning threshold that the source's times are too coarse for; the
	 * violation threshold is always longer.
	 */
	void requireFits(SourceTraits source) {
		Duration margin = source.granularity().plus(this.thresholds.uncertainty());
		if (this.thresholds.idleWarn().compareTo(margin) >= 0) {
			return;
		}
		long days = margin.plusDays(1).minusNanos(1).toDays();
		throw Failure.configuration(this.warnProperty + ": '" + DurationText.of(this.thresholds.idleWarn())
				+ "' is not allowed for source '" + source.source() + "': it is shorter than the source's granularity '"
				+ DurationText.of(source.granularity()) + "' plus the uncertainty '"
				+ DurationText.of(this.thresholds.uncertainty()) + "'. Raise it to '" + days + "d' or more, or lower "
				+ this.uncertaintyProperty + ".");
	}

}
