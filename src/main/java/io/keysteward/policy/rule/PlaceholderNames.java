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
 * Recognises placeholder names, which are made of filler words only. The list of words
 * has a version, since a change of it changes findings.
 */
public final class PlaceholderNames {

	private static final String FILE = "placeholder-names.txt";

	private static final String VERSION = "version: ";

	private static final String NAMED = "named";

	private static final String ANY = "any";

	/** A longer number after a hash sign may be a ticket. */
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
	 * {@return the list of this version of Keysteward}
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
	 * {@return whether the name consists of filler words, or has hardly any letter}
	 * @param normalName a normalised name that is not empty
	 */
	boolean contains(String normalName) {
		if (this.words.startLikeNone(normalName)) {
			return false;
		}
		String letters = Letters.extract(normalName);
		return (isMeaningless(normalName, letters) || this.words.fill(letters)) && !this.named.contains(normalName);
	}

	/**
	 * {@return whether the beginning of a name consists of filler words, even if none of
	 * them may stand alone}
	 */
	boolean mayBegin(String part) {
		return !this.words.startLikeNone(part) && this.words.begin(Letters.extract(part));
	}

	private static boolean isMeaningless(String normalName, String letters) {
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
			return parse(reader.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static PlaceholderNames parse(List<String> lines) {
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
