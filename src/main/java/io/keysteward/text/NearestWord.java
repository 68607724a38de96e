package io.keysteward.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Finds the valid word that is nearest to a mistyped one.
 */
public final class NearestWord {

	/** With more changes than this, a guess would only mislead. */
	private static final int MOST_CHANGES = 3;

	private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

	private NearestWord() {
	}

	/**
	 * {@return the words after "is not known": the nearest valid word, else all of them}
	 */
	public static String hint(String given, Collection<String> valid) {
		return to(given, valid).map((word) -> "did you mean '" + word + "'?")
			.orElseGet(() -> "allowed: " + String.join(", ", valid));
	}

	/**
	 * {@return the nearest valid word; empty: none is near}
	 */
	public static Optional<String> to(String given, Collection<String> valid) {
		String bare = bare(given);
		return valid.stream()
			.filter((word) -> DISTANCE.apply(bare, bare(word)) <= Math.max(2, word.length() / 3))
			.min(Comparator.comparing((word) -> DISTANCE.apply(bare, bare(word))));
	}

	/**
	 * {@return a space and a sentence with the nearest allowed value; empty: none is
	 * near}
	 */
	public static String question(String written, Collection<String> allowed) {
		int most = Math.min(MOST_CHANGES, written.length() - 1);
		return allowed.stream()
			.sorted()
			.filter((word) -> changes(written, word) <= most)
			.min(Comparator.comparingInt((word) -> changes(written, word)))
			.map((word) -> " Did you mean '" + word + "'?")
			.orElse("");
	}

	/**
	 * {@return the Levenshtein distance of two words}
	 */
	public static int distance(String one, String other) {
		return DISTANCE.apply(one, other);
	}

	private static int changes(String written, String word) {
		return distance(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
	}

	private static String bare(String word) {
		return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

}
