package io.keysteward.insight;

/**
 * What stands where there is no name.
 */
public final class NoName {

	/** For a key without one. */
	public static final String OF_KEY = "(no name)";

	/** For the project of keys that are in none. */
	static final String OF_PROJECT = "(no project)";

	private NoName() {
	}

}
