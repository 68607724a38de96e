package io.keysteward.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Formats a duration as in the configuration: {@code 45d}, {@code 48h}, {@code 5m}.
 */
final class DurationText {

	private static final Map<String, ChronoUnit> UNITS = new LinkedHashMap<>();

	static {
		UNITS.put("d", ChronoUnit.DAYS);
		UNITS.put("h", ChronoUnit.HOURS);
		UNITS.put("m", ChronoUnit.MINUTES);
		UNITS.put("s", ChronoUnit.SECONDS);
		UNITS.put("ms", ChronoUnit.MILLIS);
	}

	private DurationText() {
	}

	/**
	 * {@return a whole number of the largest unit that is exact}
	 */
	static String format(Duration duration) {
		for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
			Duration one = unit.getValue().getDuration();
			long count = duration.dividedBy(one);
			if (one.multipliedBy(count).equals(duration)) {
				return count + unit.getKey();
			}
		}
		return duration.toString();
	}

}
