package io.keysteward.key;

/**
 * The state of a key's owner in its source.
 */
public enum OwnerState {

	/** The owner exists and can sign in. */
	OK,

	/** The owner exists and cannot sign in any more. */
	DISABLED,

	/** The key names an owner that the source does not know. */
	MISSING

}
