package io.keysteward.policy.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names that people and consoles give when they give none. The list is data with a
 * version, since a change of it changes what is found.
 */
public final class PlaceholderNames {

	private static final String FILE = "placeholder-names.txt";

	private static final String VERSION = "version: ";

	private static final String COPY_OF = "copy of ";

	private static final List<String> COPIES = List.of("copy", "副本", "コピー", "사본");

	private static final PlaceholderNames SHIPPED = read();

	private final String version;

	private final Set<String> names;

	/** Two characters of each name, and of what may stand before one. */
	private final Set<String> beginnings;

	private PlaceholderNames(String version, Set<String> names) {
		this.version = version;
		this.names = names;
		this.beginnings = Stream.concat(names.stream(), Stream.of(COPY_OF))
			.filter((name) -> name.length() > 1)
			.map((name) -> name.substring(0, 2))
			.collect(Collectors.toUnmodifiableSet());
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
	 * {@return whether the name is a placeholder, or one with a number or the word copy
	 * behind it, or nothing but separators}
	 * @param normalName a normalised name that is not empty
	 */
	boolean contains(String normalName) {
		if (startsLikeNone(normalName)) {
			return false;
		}
		String name = spaced(normalName);
		if (name.isEmpty()) {
			return true;
		}
		while (!this.names.contains(name)) {
			String shorter = undecorated(name);
			if (shorter.isEmpty() || shorter.length() == name.length()) {
				return false;
			}
			name = shorter;
		}
		return true;
	}

	/** Most names differ from all of these in their first two characters. */
	private boolean startsLikeNone(String normalName) {
		return normalName.length() > 1 && !isSeparator(normalName.charAt(0)) && !isSeparator(normalName.charAt(1))
				&& !this.beginnings.contains(normalName.substring(0, 2))
				&& !this.names.contains(normalName.substring(0, 1));
	}

	Set<String> names() {
		return this.names;
	}

	/**
	 * {@return the name with every run of separators as one space}
	 */
	static String spaced(String name) {
		StringBuilder spaced = new StringBuilder(name.length());
		boolean separated = false;
		for (int i = 0; i < name.length(); i++) {
			char character = name.charAt(i);
			if (isSeparator(character)) {
				separated = true;
			}
			else {
				spaced.append((separated && !spaced.isEmpty()) ? " " : "").append(character);
				separated = false;
			}
		}
		return spaced.toString();
	}

	private static boolean isSeparator(char character) {
		return " -_.".indexOf(character) >= 0;
	}

	/** Takes one number or the word copy off the end, with the brackets around it. */
	private static String undecorated(String name) {
		if (name.startsWith(COPY_OF)) {
			return name.substring(COPY_OF.length());
		}
		if (!name.endsWith(")")) {
			return withoutEnding(name).strip();
		}
		String inner = name.substring(0, name.length() - 1);
		String before = withoutEnding(inner);
		return (before.length() < inner.length() && before.endsWith("("))
				? before.substring(0, before.length() - 1).strip() : name;
	}

	private static String withoutEnding(String name) {
		for (String copy : COPIES) {
			if (name.endsWith(copy)) {
				return name.substring(0, name.length() - copy.length());
			}
		}
		int end = name.length();
		while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
			end--;
		}
		return name.substring(0, end);
	}

	private static PlaceholderNames read() {
		try (InputStream file = PlaceholderNames.class.getResourceAsStream(FILE);
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(Objects.requireNonNull(file, FILE), StandardCharsets.UTF_8))) {
			List<String> lines = reader.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).toList();
			String version = lines.get(0).substring(VERSION.length());
			return new PlaceholderNames(version,
					lines.stream()
						.skip(1)
						.map((line) -> spaced(NormalName.of(line)))
						.collect(Collectors.toUnmodifiableSet()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
