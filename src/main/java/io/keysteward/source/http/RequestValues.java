package io.keysteward.source.http;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.keysteward.source.landing.Table;
import org.jspecify.annotations.Nullable;

/**
 * The values of the names in a request. They may be secrets.
 *
 * @param keyId the key's id
 * @param runId the run that disables or has disabled the key
 * @param asOf that run's instant
 * @param row the key's current row, with hidden columns
 * @param undo its row before it was disabled, without hidden columns
 */
record RequestValues(String keyId, long runId, Instant asOf, Map<String, @Nullable String> row,
		Map<String, @Nullable String> undo) {

	private static final String UNDO = "undo.";

	private static final Set<String> ALWAYS = Set.of("key_id", "run_id", "as_of");

	/**
	 * {@return the names that a request may use}
	 * @param table the table whose rows are keys
	 * @param restores whether the request switches a key on
	 */
	static Set<String> names(Table table, boolean restores) {
		Set<String> names = new LinkedHashSet<>(ALWAYS);
		for (Table.Column column : table.columns()) {
			names.add(column.name());
			if (restores && column.as() != Table.As.HIDDEN) {
				names.add(UNDO + column.name());
			}
		}
		return names;
	}

	@Nullable String get(String name) {
		return switch (name) {
			case "run_id" -> String.valueOf(this.runId);
			case "as_of" -> this.asOf.toString();
			case "key_id" -> this.keyId;
			default -> name.startsWith(UNDO) ? this.undo.get(name.substring(UNDO.length())) : this.row.get(name);
		};
	}

	@Override
	public String toString() {
		return "values of a key";
	}

}
