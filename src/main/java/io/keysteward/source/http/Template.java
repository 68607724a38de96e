package io.keysteward.source.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A text with names in braces, which are replaced by values.
 *
 * @param where its name in messages
 * @param text the text, such as <code>/projects/{project}/keys</code>
 */
record Template(String where, String text) {

	private static final Pattern NAME = Pattern.compile("\\{([^{}]*)}");

	private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	/**
	 * {@return the names in it}
	 */
	Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		NAME.matcher(this.text).results().forEach((name) -> names.add(name.group(1)));
		return names;
	}

	/**
	 * {@return the text with values for its names, as a part of an address}
	 */
	String path(Function<String, @Nullable String> values) {
		return fill(values, this::encoded);
	}

	/**
	 * {@return the text with values for its names, as a header's value}
	 */
	String header(Function<String, @Nullable String> values) {
		return fill(values, (value) -> headerText(this.where, whole(this.where, value)));
	}

	/**
	 * {@return the text with values for its names, unchanged}
	 */
	String plain(Function<String, @Nullable String> values) {
		return fill(values, UnaryOperator.identity());
	}

	private String fill(Function<String, @Nullable String> values, UnaryOperator<String> escape) {
		return NAME.matcher(this.text)
			.replaceAll((name) -> Matcher.quoteReplacement(escape.apply(value(values, name.group(1)))));
	}

	private String value(Function<String, @Nullable String> values, String name) {
		String value = values.apply(name);
		if (value == null || value.isBlank()) {
			throw Failure.configuration(this.where + ": {" + name + "} has no value in one of the rounds; correct"
					+ " the table of for-each");
		}
		return value;
	}

	/** Refuses a value of dots, which would be another path. */
	private String encoded(String value) {
		if (value.equals(".") || value.equals("..")) {
			throw Failure.configuration(this.where + ": a value is only dots, which would be another path");
		}
		return encode(value);
	}

	/**
	 * {@return a value encoded as one part of a path or query}
	 */
	static String encode(String value) {
		StringBuilder encoded = new StringBuilder(value.length() + 16);
		for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
			if (UNRESERVED.indexOf(octet) >= 0) {
				encoded.append((char) octet);
			}
			else {
				encoded.append(String.format("%%%02X", octet));
			}
		}
		return encoded.toString();
	}

	/**
	 * {@return a value that a header does not make another one of}
	 * @param where how messages name it; the value is not shown
	 */
	static String whole(String where, String value) {
		if (!value.equals(value.strip())) {
			throw Failure.configuration(where + ": a value begins or ends with a blank, which no header keeps, and"
					+ " would stand for another one; put it into the path or the body");
		}
		return value;
	}

	/**
	 * {@return a value, which must be valid in a header}
	 * @param where its name in messages, which do not show the value
	 */
	static String headerText(String where, String value) {
		String stripped = value.strip();
		if (stripped.chars().anyMatch((character) -> character < ' ' || character > '~')) {
			throw Failure.configuration(where + ": has a line break or another character that is not allowed in a"
					+ " header; write plain letters, digits and signs");
		}
		return stripped;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
