package io.keysteward.disabling;

import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A gate that holds all keys of a source.
 */
public interface SourceGate {

	Gate gate();

	/**
	 * {@return whether its reason concerns one source, not the whole run}
	 */
	default boolean ofOneSource() {
		return false;
	}

	/**
	 * {@return why the gate is closed for every key of the source, as a sentence; null:
	 * it is open}
	 */
	@Nullable String closed(SourceFacts source, PlannedRun run);

}
