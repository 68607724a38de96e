package io.keysteward.source.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * One row of the database, all columns as texts. Untrusted, and a secret.
 *
 * @param columns values by the columns' names
 */
record RawRow(Map<String, @Nullable String> columns) {

	/**
	 * {@return the row with these values}
	 */
	static RawRow of(List<String> names, List<@Nullable String> values) {
		Map<String, @Nullable String> columns = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++) {
			columns.put(names.get(i), values.get(i));
		}
		return new RawRow(columns);
	}

	/**
	 * {@return a hash of it, in hex}
	 */
	String sha256() {
		StringBuilder all = new StringBuilder();
		this.columns.values().forEach((value) -> append(all, value));
		return Sha256.of(all.toString());
	}

	/**
	 * {@return a short hash of a row, to compare many rows}
	 */
	static long hash(List<@Nullable String> values) {
		StringBuilder all = new StringBuilder();
		values.forEach((value) -> append(all, value));
		return Long.parseUnsignedLong(Sha256.of(all.toString()).substring(0, 16), 16);
	}

	/** Encodes nulls and lengths, so that different rows differ. */
	private static void append(StringBuilder all, @Nullable String value) {
		if (value == null) {
			all.append('-');
		}
		else {
			all.append(value.length()).append(':').append(value);
		}
	}

	@Override
	public String toString() {
		return "RawRow of " + this.columns.keySet();
	}

}
