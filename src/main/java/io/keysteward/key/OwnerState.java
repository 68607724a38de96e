package io.keysteward.key;

/**
 * What the source says of a key's owner.
 */
public enum OwnerState {

	/** The owner exists and can sign in. */
	OK,

	/** The owner exists and cannot sign in any more. */
	DISABLED,

	/** The key names an owner that the source does not know. */
	MISSING

}
