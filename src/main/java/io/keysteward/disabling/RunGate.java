package io.keysteward.disabling;

import java.util.Collection;

import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A gate that holds a run as a whole.
 */
public interface RunGate {

	Gate gate();

	/**
	 * {@return why the gate is closed, as a sentence; null: it is open}
	 * @param intended what the run would do
	 * @param sources the sources of the run
	 */
	@Nullable String closed(Intended intended, Collection<SourceFacts> sources);

}
