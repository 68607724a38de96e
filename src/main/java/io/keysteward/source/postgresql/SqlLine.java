package io.keysteward.source.postgresql;

import io.keysteward.text.SafeText;

/**
 * Makes a database's names safe for a line of a generated file.
 */
final class SqlLine {

	private SqlLine() {
	}

	/**
	 * {@return a name for a comment, without line breaks}
	 */
	static String comment(String name) {
		return SafeText.visible(name);
	}

	/**
	 * {@return a name for an unquoted YAML text}
	 */
	static String yaml(String name) {
		return SafeText.visible(name).replaceAll("[^\\p{L}\\p{N}_. -]", "_");
	}

}
