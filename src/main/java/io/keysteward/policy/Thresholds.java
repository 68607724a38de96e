package io.keysteward.policy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The effective settings for one key after preset and overrides. Days have 24 hours.
 *
 * @param idleWarn not used for this long: {@code WARN}
 * @param idleViolation not used for this long: {@code VIOLATION}
 * @param uncertainty the possible error of the source's times, added to every idle
 * threshold
 * @param agedWarn older than this since creation: rotation overdue
 * @param orphanedGrace an orphan for this long: {@code VIOLATION}
 * @param minNameLength shorter names are {@code TOO_SHORT}
 * @param nameConvention the pattern for whole names; null: no convention
 * @param allowedNames names that are never {@code UNNAMED}, compared normalised
 * @param maxKeysPerProject the most keys of a project; the sheet Projects shows projects
 * with more
 */
public record Thresholds(Duration idleWarn, Duration idleViolation, Duration uncertainty, Duration agedWarn,
		Duration orphanedGrace, int minNameLength, @Nullable NameConvention nameConvention, List<String> allowedNames,
		int maxKeysPerProject) {

	/**
	 * {@return every setting by its name in the configuration, as text for people and for
	 * the policy's hash}
	 */
	public Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("idle.warn", days(this.idleWarn));
		settings.put("idle.violation", days(this.idleViolation));
		settings.put("uncertainty", hours(this.uncertainty));
		settings.put("aged.warn", days(this.agedWarn));
		settings.put("orphaned.grace", days(this.orphanedGrace));
		settings.put("unnamed.min-length", String.valueOf(this.minNameLength));
		settings.put("unnamed.convention", (this.nameConvention != null) ? this.nameConvention.pattern() : "none");
		settings.put("unnamed.allowed-names", String.join(", ", this.allowedNames));
		settings.put("projects.max-keys", String.valueOf(this.maxKeysPerProject));
		return settings;
	}

	private static String days(Duration duration) {
		return duration.toDays() + "d";
	}

	private static String hours(Duration duration) {
		return (duration.toMinutesPart() == 0 && duration.toSecondsPart() == 0) ? duration.toHours() + "h"
				: duration.toString();
	}

}
