package io.keysteward.policy;

import java.util.Collection;
import java.util.Locale;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Guesses what a misspelt word was meant to be.
 */
final class Nearest {

	/** More changes than this, and the guess would only mislead. */
	private static final int MOST_CHANGES = 3;

	private Nearest() {
	}

	/**
	 * {@return a sentence with the nearest allowed word and a space before it, or nothing
	 * where none is near}
	 */
	static String hint(String written, Collection<String> allowed) {
		String nearest = null;
		int least = Math.min(MOST_CHANGES, written.length() - 1) + 1;
		for (String word : allowed.stream().sorted().toList()) {
			int changes = LevenshteinDistance.getDefaultInstance().apply(lower(written), lower(word));
			if (changes < least) {
				least = changes;
				nearest = word;
			}
		}
		return (nearest != null) ? " Did you mean '" + nearest + "'?" : "";
	}

	private static String lower(String word) {
		return word.toLowerCase(Locale.ROOT);
	}

}
