package io.keysteward.source.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The columns that {@code disable.sql} returned, as stored text for a restore.
 */
final class UndoText {

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<Map<String, @Nullable String>> VALUES = new TypeReference<>() {
	};

	private UndoText() {
	}

	/**
	 * {@return the text}
	 * @param values the columns that the statement returned
	 * @param receipt the receipt of the transaction; null: none
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
