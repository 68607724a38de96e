package io.keysteward.policy;

import com.google.re2j.Pattern;

/**
 * What names must look like, as a linear-time pattern: names are untrusted.
 *
 * @param pattern an RE2 pattern that a name must match as a whole
 */
public record NameConvention(String pattern, Pattern compiled) {

	public NameConvention(String pattern) {
		this(pattern, Pattern.compile(pattern));
	}

	/**
	 * {@return whether the name follows the convention}
	 */
	public boolean accepts(String name) {
		return this.compiled.matches(name);
	}

}
