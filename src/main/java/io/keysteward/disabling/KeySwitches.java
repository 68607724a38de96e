package io.keysteward.disabling;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

import io.keysteward.disabling.KeyActions.Action;
import io.keysteward.run.Runs;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;

import org.springframework.stereotype.Component;

/**
 * Finds the switch for a disabled key, at the place where it was disabled or where a
 * complete run has read its source since.
 */
@Component
class KeySwitches {

	private final Runs runs;

	KeySwitches(Runs runs) {
		this.runs = runs;
	}

	/**
	 * {@return the switch of the key's source}
	 * @param disabled the disabling
	 * @param sources finds a source by its id
	 */
	KeySwitch find(Action disabled, Function<String, KeySource> sources) {
		String source = disabled.key().source();
		Set<String> places = new HashSet<>(this.runs.get(disabled.runId()).policy().places(source));
		// Runs of earlier versions have not recorded the place.
		if (!places.isEmpty()) {
			this.runs.lastComplete().ifPresent((run) -> places.addAll(run.policy().places(source)));
		}
		return sources.apply(source).keySwitch(places);
	}

}
