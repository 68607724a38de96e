package io.keysteward.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Finds the valid word that someone most likely meant.
 */
public final class Nearest {

	private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

	private Nearest() {
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

	private static String bare(String word) {
		return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

}
