package io.keysteward.source.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code disable.sql} returned, as the text that is stored until somebody restores.
 */
final class UndoText {

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<Map<String, @Nullable String>> VALUES = new TypeReference<>() {
	};

	private UndoText() {
	}

	/**
	 * {@return the text}
	 * @param values what the statement returned
	 * @param receipt the transaction that did it; null: it cannot be asked for
	 */
	static String of(Map<String, @Nullable String> values, @Nullable String receipt) {
		Map<String, @Nullable String> all = new LinkedHashMap<>(values);
		if (receipt != null) {
			all.put(CommitReceipt.NAME, receipt);
		}
		return JSON.writeValueAsString(all);
	}

	static Map<String, @Nullable String> values(@Nullable String text) {
		return (text != null) ? JSON.readValue(text, VALUES) : Map.of();
	}

}
