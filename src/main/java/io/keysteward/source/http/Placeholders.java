package io.keysteward.source.http;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import org.jspecify.annotations.Nullable;

/**
 * A part of a request with names in double braces, and defaults for missing values:
 * <code>{{undo.expires | 9999-12-31}}</code>.
 *
 * @param file its file, for messages
 * @param text the text
 */
record Placeholders(String file, String text) {

	static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}|]+?)\\s*(?:\\|\\s*([^{}]*?)\\s*)?}}");

	/** Refuses unknown names. */
	void requireKnown(Set<String> names) {
		PLACE.matcher(this.text).results().map((place) -> place.group(1)).forEach((name) -> {
			if (!names.contains(name)) {
				throw Failure.configuration(this.file + ": {{" + name + "}} is not known; "
						+ NearestWord.to(name, names).map((near) -> "did you mean {{" + near + "}}? ").orElse("")
						+ "known are: " + String.join(", ", new TreeSet<>(names)));
			}
		});
		String rest = PLACE.matcher(this.text).replaceAll("");
		if (rest.contains("{{")) {
			throw Failure.configuration(this.file + ": has {{ without a name and }} after it; write {{name}}");
		}
	}

	/**
	 * {@return the text as a path}
	 */
	String path(RequestValues values) {
		return fill(values, (value) -> {
			if (value.isEmpty() || value.equals(".") || value.equals("..")) {
				throw Failure.configuration(
						this.file + ": a value in the path is empty or only dots, which would be another path");
			}
			return Template.encode(value);
		});
	}

	/**
	 * {@return the text as the content of a form}
	 */
	String form(RequestValues values) {
		return fill(values, Template::encode);
	}

	/**
	 * {@return the text as a header's value}
	 */
	String header(RequestValues values) {
		return fill(values, (value) -> Template.whole(this.file, value));
	}

	private String fill(RequestValues values, UnaryOperator<String> escape) {
		return PLACE.matcher(this.text)
			.replaceAll((place) -> Matcher.quoteReplacement(escape.apply(required(place, values))));
	}

	/**
	 * {@return a place's value}
	 */
	String required(MatchResult place, RequestValues values) {
		String value = value(place, values);
		if (value == null) {
			throw Failure.configuration(this.file + ": {{" + place.group(1)
					+ "}} is null for this key; write a default: {{" + place.group(1) + " | default}}");
		}
		return value;
	}

	static @Nullable String value(MatchResult place, RequestValues values) {
		String value = values.get(place.group(1));
		return (value != null) ? value : place.group(2);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
