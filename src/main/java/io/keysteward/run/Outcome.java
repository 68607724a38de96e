package io.keysteward.run;

/**
 * What became of a key that was to be disabled or restored.
 */
public enum Outcome {

	/** The key is off. */
	DISABLED,

	/** The key is on again. */
	RESTORED,

	/** The key was not as it was read: nothing was changed. */
	SKIPPED_CHANGED,

	/** It could not be done; the detail says why. */
	FAILED,

	/** The run may not disable: had it been allowed to, the key would be off. */
	WOULD_DISABLE

}
