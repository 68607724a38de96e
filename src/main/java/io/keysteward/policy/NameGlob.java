package io.keysteward.policy;

import java.util.Optional;

import com.google.re2j.Pattern;
import io.keysteward.text.CanonicalText;

/**
 * The names that an exemption covers: a case-sensitive pattern for whole names, with
 * {@code *} for any characters or none and {@code ?} for one. Matching takes linear time,
 * since names are untrusted.
 */
final class NameGlob {

	private final String written;

	private final boolean exact;

	private final Pattern pattern;

	private NameGlob(String written, boolean exact, String regex) {
		this.written = written;
		this.exact = exact;
		this.pattern = Pattern.compile(regex, Pattern.DOTALL);
	}

	static NameGlob exactly(String name) {
		return new NameGlob(name, true, Pattern.quote(CanonicalText.of(name)));
	}

	static NameGlob like(String glob) {
		StringBuilder regex = new StringBuilder();
		// Several stars in a row mean the same as one, and cost time.
		CanonicalText.of(glob).replaceAll("\\*+", "*").codePoints().forEach((character) -> {
			switch (character) {
				case '*' -> regex.append(".*");
				case '?' -> regex.append('.');
				default -> regex.append(Pattern.quote(Character.toString(character)));
			}
		});
		return new NameGlob(glob, false, regex.toString());
	}

	/**
	 * {@return whether it fits every name, or every name of some length}
	 */
	static boolean isBoundless(String glob) {
		return glob.codePoints().allMatch((character) -> character == '*' || character == '?');
	}

	boolean fits(String name) {
		return this.pattern.matches(CanonicalText.of(name));
	}

	/**
	 * {@return the only name that fits; empty: several names may}
	 */
	Optional<String> exact() {
		return this.exact ? Optional.of(this.written) : Optional.empty();
	}

	@Override
	public String toString() {
		return (this.exact ? "name \"" : "name like \"") + this.written + "\"";
	}

}
