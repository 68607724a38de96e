package io.keysteward.source.sql;

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

	static String of(Map<String, @Nullable String> values) {
		return JSON.writeValueAsString(values);
	}

	static Map<String, @Nullable String> values(@Nullable String text) {
		return (text != null) ? JSON.readValue(text, VALUES) : Map.of();
	}

}
