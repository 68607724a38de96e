package io.keysteward.disabling;

import java.util.Collection;
import java.util.Map;

import io.keysteward.key.Counted;
import org.jspecify.annotations.Nullable;

/**
 * {@code BREAKER}: all due keys of the day are at most so many, and those of each source
 * at most such a share of its active keys, rounded down. Over either bound nothing at all
 * is disabled.
 */
final class BreakerGate {

	private final DisablePolicy policy;

	BreakerGate(DisablePolicy policy) {
		this.policy = policy;
	}

	/**
	 * {@return why it is closed, in a sentence; null: it is open}
	 * @param due how many keys of each source are due
	 * @param sources the sources of the run
	 */
	@Nullable String closed(Map<String, Long> due, Collection<SourceFacts> sources) {
		long all = due.values().stream().mapToLong(Long::longValue).sum();
		if (all > this.policy.maxKeys()) {
			return Counted.of(all, "key") + Counted.word(all, " is", " are") + " due, and at most "
					+ this.policy.maxKeys() + " may be disabled in a day" + " (keysteward.disable.max-keys).";
		}
		for (SourceFacts source : sources) {
			long ofSource = due.getOrDefault(source.source(), 0L);
			long most = source.activeKeys() * this.policy.maxPercent() / 100;
			if (ofSource > most) {
				return ofSource + " of " + Counted.of(source.activeKeys(), "active key") + " of source "
						+ source.source() + Counted.word(ofSource, " is", " are") + " due, and at most " + most + " ("
						+ this.policy.maxPercent() + " %, keysteward.disable.max-percent) may be disabled in a day.";
			}
		}
		return null;
	}

}
