package io.keysteward.source.http;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.keysteward.http.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * The rows of one answer, one by one, and other values of it.
 */
final class AnswerRows implements Closeable {

	private final JsonParser parser;

	private final JsonPointer at;

	private final Set<JsonPointer> wanted;

	private final Map<JsonPointer, JsonNode> facts = new HashMap<>();

	private boolean within;

	private boolean found;

	/**
	 * Starts to read an answer.
	 * @param at the place of its list
	 * @param wanted the places of the other values
	 */
	AnswerRows(Answer answer, JsonPointer at, Set<JsonPointer> wanted) {
		this.parser = Json.MAPPER.createParser(answer.body());
		this.at = at;
		this.wanted = wanted;
	}

	/**
	 * {@return the next row; null: the whole answer has been read}
	 * @throws JacksonException if it is not JSON; the message must not be shown
	 */
	@Nullable JsonNode next() {
		while (true) {
			JsonToken token = this.parser.nextToken();
			if (token == null) {
				return null;
			}
			if (this.within) {
				if (token != JsonToken.END_ARRAY) {
					return Json.of(this.parser);
				}
				this.within = false;
			}
			else if (token == JsonToken.START_ARRAY && !this.found && isAt()) {
				this.found = true;
				this.within = true;
			}
			else if (token.isScalarValue()) {
				note(token);
			}
			else if (token.isStructStart()) {
				noteWhole();
			}
		}
	}

	private boolean isAt() {
		return this.parser.streamReadContext().pathAsPointer().equals(this.at);
	}

	/** Notes the list; some systems write null for an empty one. */
	private void note(JsonToken token) {
		JsonPointer here = this.parser.streamReadContext().pathAsPointer();
		if (token == JsonToken.VALUE_NULL && here.equals(this.at)) {
			this.found = true;
		}
		if (this.wanted.contains(here)) {
			this.facts.put(here, Json.of(this.parser));
		}
	}

	/** Where a value should be is none: whoever wants it must not take it for null. */
	private void noteWhole() {
		JsonPointer here = this.parser.streamReadContext().pathAsPointer();
		if (this.wanted.contains(here) && !this.at.toString().startsWith(here + "/")) {
			JsonNode whole = this.parser.readValueAsTree();
			if (!whole.isEmpty()) {
				this.facts.put(here, whole);
			}
		}
	}

	/**
	 * {@return whether there was a list}
	 */
	boolean isFound() {
		return this.found;
	}

	Map<JsonPointer, JsonNode> facts() {
		return this.facts;
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
