package io.keysteward.policy;

import com.google.re2j.Pattern;

/**
 * What names must look like, as a linear-time pattern: names are untrusted.
 */
public final class NameConvention {

	private final Pattern pattern;

	/**
	 * A convention.
	 * @param pattern an RE2 pattern that a name must match as a whole
	 * @throws com.google.re2j.PatternSyntaxException where it is none
	 */
	public NameConvention(String pattern) {
		this.pattern = Pattern.compile(pattern);
	}

	/**
	 * {@return the pattern as it was written}
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
