package io.keysteward.policy;

import java.time.Duration;
import java.util.List;

import com.google.re2j.PatternSyntaxException;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The settings at one place of the configuration, which override those below.
 *
 * @param path the place, with the last dot
 * @param written the settings there
 */
record PolicyOverlay(String path, PolicySettings.Override written) {

	private static final Duration DAY = Duration.ofDays(1);

	/** A hundred years mean never, and keep every sum of instants in range. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private static final PolicySettings.Idle NO_IDLE = new PolicySettings.Idle(null, null);

	private static final PolicySettings.Unnamed NO_UNNAMED = new PolicySettings.Unnamed(null, null, null);

	/**
	 * {@return the settings with this overlay on top}
	 * @param below the settings without it
	 */
	EffectiveThresholds over(EffectiveThresholds below) {
		Thresholds thresholds = thresholds(below.thresholds());
		requireOrder(thresholds);
		String warnProperty = (idle().warn() != null) ? this.path + "idle.warn" : below.warnProperty();
		String uncertaintyProperty = (this.written.uncertainty() != null) ? this.path + "uncertainty"
				: below.uncertaintyProperty();
		return new EffectiveThresholds(thresholds, warnProperty, uncertaintyProperty);
	}

	private Thresholds thresholds(Thresholds below) {
		PolicySettings.Aged aged = this.written.aged();
		PolicySettings.Orphaned orphaned = this.written.orphaned();
		PolicySettings.Projects projects = this.written.projects();
		return new Thresholds(threshold("idle.warn", idle().warn(), below.idleWarn()),
				threshold("idle.violation", idle().violation(), below.idleViolation()),
				uncertainty(below.uncertainty()),
				threshold("aged.warn", (aged != null) ? aged.warn() : null, below.agedWarn()),
				threshold("orphaned.grace", (orphaned != null) ? orphaned.grace() : null, below.orphanedGrace()),
				atLeastOne("unnamed.min-length", unnamed().minLength(), below.minNameLength()),
				convention(below.nameConvention()), allowedNames(below.allowedNames()), atLeastOne("projects.max-keys",
						(projects != null) ? projects.maxKeys() : null, below.maxKeysPerProject()));
	}

	private Duration threshold(String name, @Nullable Duration value, Duration below) {
		if (value == null) {
			return below;
		}
		boolean wholeDays = DAY.multipliedBy(value.toDays()).equals(value);
		if (!wholeDays || value.compareTo(DAY) < 0 || value.compareTo(LONGEST) > 0) {
			throw refused(name, DurationText.format(value),
					"a threshold is a whole number of days (24 hours each) from 1 to 36500. Write it as '45d'.");
		}
		return value;
	}

	private Duration uncertainty(Duration below) {
		Duration value = this.written.uncertainty();
		if (value == null) {
			return below;
		}
		if (value.isNegative() || value.compareTo(LONGEST) > 0) {
			throw refused("uncertainty", DurationText.format(value),
					"it says how far a source's times may be off, from 0 to 36500 days. Write it as '48h'.");
		}
		return value;
	}

	private int atLeastOne(String name, @Nullable Integer value, int below) {
		if (value == null) {
			return below;
		}
		if (value < 1) {
			throw refused(name, value.toString(), "the least is 1. Write 1 or more, or leave it out.");
		}
		return value;
	}

	private @Nullable NameConvention convention(@Nullable NameConvention below) {
		String pattern = unnamed().convention();
		if (pattern == null) {
			return below;
		}
		try {
			// In an override, a blank pattern switches the convention off.
			return pattern.isBlank() ? null : new NameConvention(pattern);
		}
		catch (PatternSyntaxException ex) {
			throw refused("unnamed.convention", pattern, "it is no RE2 pattern (" + ex.getDescription()
					+ "). Correct it; RE2 has neither look-around nor back-references.");
		}
	}

	private List<String> allowedNames(List<String> below) {
		List<String> names = unnamed().allowedNames();
		if (names != null && names.stream().anyMatch(String::isBlank)) {
			throw refused("unnamed.allowed-names", "",
					"an entry is empty. Write a name, in quotes if it is null or ~.");
		}
		return (names != null) ? List.copyOf(names) : below;
	}

	private void requireOrder(Thresholds effective) {
		if (effective.idleWarn().compareTo(effective.idleViolation()) < 0) {
			return;
		}
		String warn = DurationText.format(effective.idleWarn());
		String violation = DurationText.format(effective.idleViolation());
		if (idle().warn() != null) {
			throw refused("idle.warn", warn, "it must be shorter than idle.violation, which is '" + violation
					+ "' here. Lower it, or raise idle.violation.");
		}
		throw refused("idle.violation", violation,
				"it must be longer than idle.warn, which is '" + warn + "' here. Raise it, or lower idle.warn.");
	}

	private PolicySettings.Idle idle() {
		PolicySettings.Idle idle = this.written.idle();
		return (idle != null) ? idle : NO_IDLE;
	}

	private PolicySettings.Unnamed unnamed() {
		PolicySettings.Unnamed unnamed = this.written.unnamed();
		return (unnamed != null) ? unnamed : NO_UNNAMED;
	}

	private Failure refused(String name, String value, String why) {
		return Failure.configuration(this.path + name + ": '" + value + "' is not allowed: " + why);
	}

}
