package io.keysteward.run;

/**
 * What a run has decided about a key.
 */
public enum Decision {

	/** Every gate is open. */
	DUE,

	/** A gate is closed. */
	HELD

}
