package io.keysteward.disabling;

import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A gate that is asked once for each source of a run.
 */
public interface SourceGate {

	Gate gate();

	/**
	 * {@return whether its reason is of one source, and not of the run as a whole}
	 */
	default boolean ofOneSource() {
		return false;
	}

	/**
	 * {@return why the gate is closed for every key of the source, in a sentence; null:
	 * it is open}
	 */
	@Nullable String closed(SourceFacts source, PlannedRun run);

}
