package io.keysteward.key;

/**
 * Whether a key can be used today.
 */
public enum KeyStatus {

	/** The key works. Only active keys are judged. */
	ACTIVE,

	/** Switched off, and may be switched on again. */
	DISABLED,

	/** Past its expiry. */
	EXPIRED

}
