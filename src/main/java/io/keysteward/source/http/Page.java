package io.keysteward.source.http;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A page that has been read.
 *
 * @param index 0 for the first
 * @param rows the number of its rows
 * @param rowsSoFar the number of rows on it and all pages before it
 * @param facts other values of the answer, by their places
 * @param links the headers Link
 * @param uri its address
 */
record Page(int index, long rows, long rowsSoFar, Map<JsonPointer, JsonNode> facts, List<String> links, URI uri) {

	/**
	 * {@return a value of the answer; null: it is missing or null}
	 */
	@Nullable JsonNode fact(JsonPointer pointer) {
		JsonNode fact = this.facts.get(pointer);
		return (fact == null || fact.isNull()) ? null : fact;
	}

	/**
	 * {@return its name in messages}
	 */
	String shown() {
		return "page " + (this.index + 1);
	}

	@Override
	public String toString() {
		return shown();
	}

}
