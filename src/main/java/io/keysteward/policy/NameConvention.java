package io.keysteward.policy;

import com.google.re2j.Pattern;

/**
 * The pattern for names, matched in linear time since names are untrusted.
 */
public final class NameConvention {

	private final Pattern pattern;

	/**
	 * Compiles the convention.
	 * @param pattern an RE2 pattern that a name must match as a whole
	 * @throws com.google.re2j.PatternSyntaxException where the pattern is not valid
	 */
	public NameConvention(String pattern) {
		this.pattern = Pattern.compile(pattern);
	}

	/**
	 * {@return the pattern as written}
	 */
	public String pattern() {
		return this.pattern.pattern();
	}

	/**
	 * {@return whether the name follows the convention}
	 */
	public boolean accepts(String name) {
		return this.pattern.matches(name);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof NameConvention that && that.pattern().equals(pattern());
	}

	@Override
	public int hashCode() {
		return pattern().hashCode();
	}

	@Override
	public String toString() {
		return pattern();
	}

}
