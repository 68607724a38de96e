package io.keysteward.disabling.gate;

import java.util.Collection;
import java.util.Map;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.Intended;
import io.keysteward.disabling.RunGate;
import io.keysteward.disabling.SourceFacts;
import io.keysteward.run.Gate;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code BREAKER}: bounds the due keys of the day, and those of each source by a share of
 * its active keys, rounded down. Over either bound nothing is disabled.
 */
@Component
final class BreakerGate implements RunGate {

	private final DisablePolicy policy;

	BreakerGate(DisablePolicy policy) {
		this.policy = policy;
	}

	@Override
	public Gate gate() {
		return Gate.BREAKER;
	}

	@Override
	public @Nullable String closed(Intended intended, Collection<SourceFacts> sources) {
		Map<String, Long> due = intended.due();
		long all = due.values().stream().mapToLong(Long::longValue).sum();
		if (all > this.policy.maxKeys()) {
			return Plural.of(all, "key") + Plural.word(all, " is", " are") + " due, and at most "
					+ this.policy.maxKeys() + " may be disabled in a day" + " (keysteward.disable.max-keys).";
		}
		for (SourceFacts source : sources) {
			long ofSource = due.getOrDefault(source.source(), 0L);
			long most = source.activeKeys() * this.policy.maxPercent() / 100;
			if (ofSource > most) {
				return ofSource + " of " + Plural.of(source.activeKeys(), "active key") + " of source "
						+ source.source() + Plural.word(ofSource, " is", " are") + " due, and at most " + most + " ("
						+ this.policy.maxPercent() + " %, keysteward.disable.max-percent) may be disabled in a day.";
			}
		}
		return null;
	}

}
