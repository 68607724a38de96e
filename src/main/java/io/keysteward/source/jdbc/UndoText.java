package io.keysteward.source.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored text that restores a change and tells its outcome: the columns that
 * {@code restore.sql} uses, the row's identity, and its hashes before and after.
 *
 * @param key the key's id
 * @param one the column that identifies the row, and its value
 * @param before the row's hash before the change
 * @param after the row's hash after it
 * @param values values by the columns' names
 */
record UndoText(String key, String one, String before, String after, Map<String, @Nullable String> values) {

	/** A name that no column is likely to have. */
	private static final String KEY = "keysteward.key";

	private static final String ONE = "keysteward.one";

	private static final String BEFORE = "keysteward.before";

	private static final String AFTER = "keysteward.after";

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<Map<String, @Nullable String>> VALUES = new TypeReference<>() {
	};

	/**
	 * {@return the parsed text; null: it is not from here}
	 */
	static @Nullable UndoText parse(@Nullable String text) {
		Map<String, @Nullable String> all = (text != null) ? JSON.readValue(text, VALUES) : Map.of();
		String key = all.get(KEY);
		String one = all.get(ONE);
		String before = all.get(BEFORE);
		String after = all.get(AFTER);
		if (key == null || one == null || before == null || after == null) {
			return null;
		}
		Map<String, @Nullable String> values = new LinkedHashMap<>(all);
		values.keySet().removeAll(List.of(KEY, ONE, BEFORE, AFTER));
		return new UndoText(key, one, before, after, values);
	}

	String json() {
		Map<String, @Nullable String> all = new LinkedHashMap<>(this.values);
		all.put(KEY, this.key);
		all.put(ONE, this.one);
		all.put(BEFORE, this.before);
		all.put(AFTER, this.after);
		return JSON.writeValueAsString(all);
	}

}
