package io.keysteward.source.http;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.keysteward.http.Answer;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON unchanged: numbers keep their digits, and duplicate names are faults.
 */
final class Json {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private Json() {
	}

	/**
	 * {@return all of an answer}
	 * @throws JacksonException where it is no JSON; its message must not be shown
	 */
	static JsonNode of(Answer answer) {
		try {
			return MAPPER.readTree(answer.body());
		}
		catch (NumberFormatException ex) {
			throw tooLarge();
		}
	}

	/**
	 * {@return the value at which a parser is}
	 * @throws JacksonException where it is no JSON; its message must not be shown
	 */
	static JsonNode of(JsonParser parser) {
		try {
			return parser.readValueAsTree();
		}
		catch (NumberFormatException ex) {
			throw tooLarge();
		}
	}

	/** The parser itself does not say so of a number with an exponent of 10 digits. */
	private static JacksonException tooLarge() {
		return new StreamConstraintsException("a number");
	}

	/**
	 * {@return a scalar as text, a list or an object as JSON; null: it is null}
	 */
	static @Nullable String text(JsonNode value) {
		if (value.isNull()) {
			return null;
		}
		if (value.isString()) {
			return value.stringValue();
		}
		return value.isValueNode() ? value.asString() : value.toString();
	}

	/**
	 * {@return a JSON Pointer of a definition}
	 * @param where its place, for messages
	 */
	static JsonPointer pointer(String where, String text) {
		try {
			return JsonPointer.compile(text);
		}
		catch (IllegalArgumentException ex) {
			throw Failure.configuration(where + " '" + text + "': is not a JSON Pointer; write one such as /data/list");
		}
	}

}
