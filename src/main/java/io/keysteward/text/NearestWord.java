package io.keysteward.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Finds the valid word that someone most likely meant.
 */
public final class NearestWord {

	/** More changes than this in a written value, and the guess would only mislead. */
	private static final int MOST_CHANGES = 3;

	private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

	private NearestWord() {
	}

	/**
	 * {@return what to say after "is not known": the nearest valid word, else all of
	 * them}
	 */
	public static String hint(String given, Collection<String> valid) {
		return to(given, valid).map((word) -> "did you mean '" + word + "'?")
			.orElseGet(() -> "allowed: " + String.join(", ", valid));
	}

	/**
	 * {@return the nearest valid word; empty where none is near}
	 */
	public static Optional<String> to(String given, Collection<String> valid) {
		String bare = bare(given);
		return valid.stream()
			.filter((word) -> DISTANCE.apply(bare, bare(word)) <= Math.max(2, word.length() / 3))
			.min(Comparator.comparing((word) -> DISTANCE.apply(bare, bare(word))));
	}

	/**
	 * {@return a sentence with the nearest allowed value and a space before it; empty
	 * where none is near}
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
	 * {@return how many letters have to be added, taken out or replaced to make one word
	 * of the other}
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
