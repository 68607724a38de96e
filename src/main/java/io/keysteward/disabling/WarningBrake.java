package io.keysteward.disabling;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The most owners and keys for which one run may send first warnings. Over either bound
 * nobody is warned: a source that lost its uses must not mail a whole company.
 *
 * @param maxOwners the most mails with first warnings
 * @param maxPercent the largest share of a source's active keys
 */
public record WarningBrake(int maxOwners, int maxPercent) {

	private static final String PATH = "keysteward.notices.";

	/**
	 * {@return the brake with these settings; both bounds always have a value}
	 * @throws Failure where a bound is not allowed
	 */
	static WarningBrake of(NoticeSettings settings) {
		return new WarningBrake(bound("max-owners", settings.maxOwners(), Integer.MAX_VALUE),
				bound("max-percent", settings.maxPercent(), 100));
	}

	Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("notices.max-owners", String.valueOf(this.maxOwners));
		settings.put("notices.max-percent", String.valueOf(this.maxPercent));
		return settings;
	}

	/**
	 * {@return why nobody is warned, as a sentence; null: the bounds hold}
	 * @param warnings who would be warned for the first time
	 * @param sources the sources of the run
	 */
	public @Nullable String closed(FirstWarnings warnings, Collection<SourceFacts> sources) {
		if (warnings.owners() > this.maxOwners) {
			return warnings.owners() + " owners would be warned for the first time, and at most " + this.maxOwners
					+ " may be in one run (" + PATH + "max-owners).";
		}
		for (SourceFacts source : sources) {
			long keys = warnings.keys(source.source());
			if (keys * 100 > source.activeKeys() * this.maxPercent) {
				return "The owners of " + keys + " of " + source.activeKeys() + " active keys of source "
						+ source.source() + " would be warned for the first time, and at most " + this.maxPercent
						+ " % of them may be in one run (" + PATH + "max-percent).";
			}
		}
		return null;
	}

	private static int bound(String name, int bound, int most) {
		if (bound < 0 || bound > most) {
			throw Failure.configuration(PATH + name + ": '" + bound
					+ "' is not allowed: it is a whole number from 0 (none) to " + most + ".");
		}
		return bound;
	}

}
