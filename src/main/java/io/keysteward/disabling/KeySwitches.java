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
 * Finds what switches a disabled key: where it was disabled, or, once a source has moved,
 * where a whole run has read it since.
 */
@Component
class KeySwitches {

	private final Runs runs;

	KeySwitches(Runs runs) {
		this.runs = runs;
	}

	/**
	 * {@return the switch of the key's source}
	 * @param disabled what disabled the key
	 * @param sources finds a source by its id
	 */
	KeySwitch of(Action disabled, Function<String, KeySource> sources) {
		String source = disabled.key().source();
		Set<String> places = new HashSet<>(this.runs.get(disabled.runId()).policy().places(source));
		// Runs of a former version have not recorded it.
		if (!places.isEmpty()) {
			this.runs.lastComplete().ifPresent((run) -> places.addAll(run.policy().places(source)));
		}
		return sources.apply(source).keySwitch(places);
	}

}
