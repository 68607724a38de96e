package io.keysteward.policy.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names that people and consoles give when they give none: all of them are made of words
 * that say nothing. The words are data with a version, since a change of them changes
 * what is found.
 */
public final class PlaceholderNames {

	private static final String FILE = "placeholder-names.txt";

	private static final String VERSION = "version: ";

	private static final String NAMED = "named";

	private static final String ANY = "any";

	/** A longer number behind a hash sign may be a ticket. */
	private static final int LONGEST_ORDINAL = 2;

	private static final PlaceholderNames SHIPPED = read();

	private final String version;

	private final FillerWords words;

	private final Set<String> named;

	private PlaceholderNames(String version, FillerWords words, Set<String> named) {
		this.version = version;
		this.words = words;
		this.named = Set.copyOf(named);
	}

	/**
	 * {@return the list that comes with this version of Keysteward}
	 */
	public static PlaceholderNames shipped() {
		return SHIPPED;
	}

	/**
	 * {@return the list's version, for the policy's text}
	 */
	public String version() {
		return this.version;
	}

	/**
	 * {@return whether the name is made of words that say nothing, or of hardly any
	 * letter at all}
	 * @param normalName a normalised name that is not empty
	 */
	boolean contains(String normalName) {
		if (this.words.startLikeNone(normalName)) {
			return false;
		}
		String letters = Letters.of(normalName);
		return (saysNothing(normalName, letters) || this.words.fill(letters)) && !this.named.contains(normalName);
	}

	/**
	 * {@return whether a name's beginning is made of such words, though it may need
	 * another behind it}
	 */
	boolean mayBegin(String part) {
		return !this.words.startLikeNone(part) && this.words.begin(Letters.of(part));
	}

	private static boolean saysNothing(String normalName, String letters) {
		int length = letters.length();
		if (length <= 1) {
			return length < normalName.length() || length == 0;
		}
		boolean number = length < normalName.length() && letters.chars().allMatch(Character::isDigit);
		return number && (length <= LONGEST_ORDINAL || normalName.charAt(0) != '#');
	}

	/** For tests: each word that may be a whole name. */
	Set<String> alone() {
		return this.words.alone();
	}

	private static PlaceholderNames read() {
		try (InputStream file = PlaceholderNames.class.getResourceAsStream(FILE);
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(Objects.requireNonNull(file, FILE), StandardCharsets.UTF_8))) {
			return of(reader.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static PlaceholderNames of(List<String> lines) {
		FillerWords words = new FillerWords();
		Set<String> named = new TreeSet<>();
		List<String> languages = new ArrayList<>();
		String section = "";
		for (String line : lines.subList(1, lines.size())) {
			if (line.startsWith("[")) {
				section = line.substring(1, line.indexOf(']'));
				languages.add(section);
			}
			else if (section.equals(NAMED)) {
				named.addAll(List.of(line.split(", ")));
			}
			else {
				int colon = line.indexOf(": ");
				FillerWords.Role role = FillerWords.Role.of(line.substring(0, colon));
				long language = section.equals(ANY) ? FillerWords.EVERY_LANGUAGE : 1L << languages.indexOf(section);
				for (String word : line.substring(colon + 2).split(", ")) {
					words.add(word, role, language);
				}
			}
		}
		return new PlaceholderNames(lines.get(0).substring(VERSION.length()), words, named);
	}

}
