package io.keysteward.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A key that comes twice in one block. The parser's own detection would stop the reading.
 *
 * @param pointer where it is, as a JSON pointer
 * @param line the line, from 1
 * @param name the key
 */
record DuplicateKey(String pointer, int line, String name) {

	/**
	 * {@return every duplicate key of a text, up to the place where a broken text ends}
	 */
	static List<DuplicateKey> all(JsonParser parser) {
		List<DuplicateKey> duplicates = new ArrayList<>();
		Deque<Set<String>> blocks = new ArrayDeque<>();
		try {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.START_OBJECT) {
					blocks.push(new HashSet<>());
				}
				else if (token == JsonToken.END_OBJECT) {
					blocks.pop();
				}
				else if (token == JsonToken.PROPERTY_NAME && !blocks.element().add(parser.currentName())) {
					duplicates.add(new DuplicateKey(parser.streamReadContext().pathAsPointer().toString(),
							parser.currentTokenLocation().getLineNr(), parser.currentName()));
				}
			}
			return duplicates;
		}
		catch (JacksonException ex) {
			return duplicates;
		}
	}

	boolean isIn(String entry) {
		return this.pointer.startsWith(entry + "/");
	}

	String message() {
		return "duplicate key '" + this.name + "'; take one of them out";
	}

}
