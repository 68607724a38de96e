package io.keysteward.key;

/**
 * The state of a key's project in its source.
 */
public enum ProjectState {

	/** The project exists. */
	OK,

	/** The project was deleted; its record is still there. */
	DELETED,

	/** The key names a project that the source does not know. */
	MISSING

}
