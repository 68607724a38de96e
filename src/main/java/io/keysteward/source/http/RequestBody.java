package io.keysteward.source.http;

import java.util.regex.Matcher;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A request's body: JSON, a form, or a text without names. Values are escaped, so that a
 * value cannot change the structure.
 *
 * @param template the text with names
 * @param kind its kind
 */
record RequestBody(Placeholders template, Kind kind) {

	/**
	 * {@return the body of a request}
	 * @param contentType the content type in lower case; empty: none
	 */
	static RequestBody of(String file, String contentType, Placeholders template) {
		String text = template.text();
		RequestBody body = new RequestBody(template, kind(contentType));
		boolean empty = Placeholders.PLACE.matcher(text).results().findAny().isEmpty();
		if (!empty && body.kind == Kind.TEXT) {
			throw Failure
				.configuration(file + ": has names in a body that is neither JSON nor a form; write Content-Type:"
						+ " application/json, or application/x-www-form-urlencoded");
		}
		if (body.kind == Kind.JSON && !text.isEmpty()) {
			body.requireJson(body.json(null));
		}
		return body;
	}

	private static Kind kind(String contentType) {
		if (contentType.contains("json")) {
			return Kind.JSON;
		}
		return contentType.startsWith("application/x-www-form-urlencoded") ? Kind.FORM : Kind.TEXT;
	}

	String render(RequestValues values) {
		return switch (this.kind) {
			case JSON -> this.template.text().isEmpty() ? "" : requireJson(json(values));
			case FORM -> this.template.form(values);
			case TEXT -> this.template.text();
		};
	}

	/**
	 * {@return the body as JSON}
	 * @param values the values; null: the body is only checked to be JSON
	 */
	private String json(@Nullable RequestValues values) {
		String text = this.template.text();
		StringBuilder json = new StringBuilder(text.length() + 100);
		Matcher place = Placeholders.PLACE.matcher(text);
		boolean quoted = false;
		int from = 0;
		while (place.find()) {
			String literal = text.substring(from, place.start());
			quoted = isQuotedAfter(literal, quoted);
			json.append(literal);
			if (values == null) {
				json.append(quoted ? "" : "null");
			}
			else if (quoted) {
				String value = Json.MAPPER.writeValueAsString(this.template.required(place, values));
				json.append(value, 1, value.length() - 1);
			}
			else {
				json.append(whole(place.group(1), Placeholders.value(place, values)));
			}
			from = place.end();
		}
		return json.append(text.substring(from)).toString();
	}

	/** Outside of quotes a value must be one JSON value. */
	private String whole(String name, @Nullable String value) {
		try {
			return (value != null) ? Json.MAPPER.readTree(value).toString() : "null";
		}
		catch (JacksonException ex) {
			throw Failure.configuration(this.template.file() + ": the value of {{" + name
					+ "}} is not JSON, and is outside of quotes; put it in quotes");
		}
	}

	private static boolean isQuotedAfter(String literal, boolean before) {
		boolean quoted = before;
		for (int i = 0; i < literal.length(); i++) {
			char character = literal.charAt(i);
			if (quoted && character == '\\') {
				i++;
			}
			else if (character == '"') {
				quoted = !quoted;
			}
		}
		return quoted;
	}

	private String requireJson(String json) {
		try {
			Json.MAPPER.readTree(json);
			return json;
		}
		catch (JacksonException ex) {
			// The message quotes values.
			throw Failure.configuration(this.template.file() + ": its body is not JSON; correct it");
		}
	}

	/** The kind of a body. */
	enum Kind {

		/** JSON. */
		JSON,

		/** A form. */
		FORM,

		/** Any text without names. */
		TEXT

	}

}
