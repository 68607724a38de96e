package io.keysteward.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.keysteward.text.NearestWord;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/**
 * Reads the entries of a list one by one: reports a faulty entry, skips it and reads the
 * next. If an entry cannot be skipped, reading ends there.
 *
 * @param <T> the content of an entry
 */
final class EntryReader<T> {

	private final JsonParser parser;

	private final ObjectReader reader;

	private final YamlErrorText explanation;

	private final List<DuplicateKey> duplicates;

	private final Consumer<String> faults;

	private final List<Entry<T>> entries = new ArrayList<>();

	EntryReader(JsonParser parser, ObjectReader reader, YamlErrorText explanation, List<DuplicateKey> duplicates,
			Consumer<String> faults) {
		this.parser = parser;
		this.reader = reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
		this.explanation = explanation;
		this.duplicates = duplicates;
		this.faults = faults;
	}

	/**
	 * {@return the entries under the only key that the file may have}
	 */
	List<Entry<T>> list(String key) {
		this.duplicates
			.forEach((duplicate) -> this.faults.accept(this.explanation.at(duplicate.line(), duplicate.message())));
		try {
			if (this.parser.nextToken() != JsonToken.START_OBJECT) {
				fault(line(), "must begin with '" + key + ":'");
				return this.entries;
			}
			boolean found = false;
			while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
				found |= key(key);
			}
			if (!found) {
				fault(line(), key + " is required; write '" + key + ": []' where there are none");
			}
			if (this.parser.nextToken() != null) {
				fault(line(), "nothing may follow the list of " + key);
			}
		}
		catch (JacksonException ex) {
			this.faults.accept(this.explanation.describe(ex, ""));
		}
		return this.entries;
	}

	private boolean key(String key) {
		String name = this.parser.currentName();
		int line = line();
		JsonToken value = this.parser.nextToken();
		if (!name.equals(key)) {
			this.parser.skipChildren();
			fault(line, "unknown key '" + name + "'; " + NearestWord.hint(name, List.of(key)));
			return false;
		}
		if (value != JsonToken.START_ARRAY) {
			line = line();
			this.parser.skipChildren();
			fault(line, key + " must be a list; write '" + key + ": []' where there are none");
			return true;
		}
		int depth = this.parser.streamReadContext().getNestingDepth();
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			entry(depth);
		}
		return true;
	}

	private void entry(int depth) {
		int line = this.parser.currentTokenLocation().getLineNr();
		String pointer = this.parser.streamReadContext().pathAsPointer().toString();
		try {
			T content = this.reader.readValue(this.parser);
			if (content == null) {
				this.faults.accept(this.explanation.at(line, "is an empty entry; write its keys or take it out"));
			}
			else if (this.duplicates.stream().noneMatch((duplicate) -> duplicate.isIn(pointer))) {
				this.entries.add(new Entry<>(line, content));
			}
		}
		catch (JacksonException ex) {
			// After a broken text there is no next entry.
			if (YamlErrorText.unreadable(ex)) {
				throw ex;
			}
			String fault = this.explanation.describe(ex, pointer);
			while (this.parser.streamReadContext().getNestingDepth() > depth) {
				this.parser.nextToken();
			}
			this.faults.accept(fault);
		}
	}

	private int line() {
		return Math.max(1, this.parser.currentTokenLocation().getLineNr());
	}

	private void fault(int line, String message) {
		this.faults.accept(this.explanation.at(line, message));
	}

}
