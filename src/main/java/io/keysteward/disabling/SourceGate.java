package io.keysteward.disabling;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * A gate that is asked once for each source of a run.
 */
interface SourceGate {

	Gate gate();

	/**
	 * {@return why the gate is closed for every key of the source, in a sentence; null:
	 * it is open}
	 */
	@Nullable String closed(SourceFacts source, Run run);

}
