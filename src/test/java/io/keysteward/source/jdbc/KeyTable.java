package io.keysteward.source.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.keysteward.key.KeyRecord;
import io.keysteward.source.CanonicalColumns;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table {@code k} with the canonical columns in a foreign database, and its definition.
 */
final class KeyTable {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

	private KeyTable() {
	}

	static void create(JdbcClient jdbc, String text, String time) {
		String columns = CanonicalColumns.ALL.stream()
			.map((column) -> column.columnName() + " " + (column.isTime() ? time : text) + " NULL")
			.collect(Collectors.joining(", "));
		jdbc.sql("CREATE TABLE k (" + columns + ", off_by bigint, off_at " + time + " NULL)").update();
		jdbc.sql("CREATE INDEX k_id ON k (key_id)").update();
	}

	/**
	 * {@return the definition's files}
	 * @param equal the dialect's comparison of nulls
	 */
	static Map<String, String> definition(String equal) {
		Map<String, String> files = new TreeMap<>();
		files.put("source.yaml", """
				title: Test
				rows: { k: { sql: keys.sql, one: key_id } }
				usage: { recorded: full }
				disable: { reversible: true }
				""");
		files.put("keys.sql", "SELECT " + CanonicalColumns.NAMES + ", off_by, off_at FROM k;\n-- all of them\n");
		files.put("select.sql",
				CanonicalColumns.ALL.stream()
					.map((column) -> column.columnName()
							+ (column.isTime() ? "::timestamp AT TIME ZONE 'UTC' AS " + column.columnName() : ""))
					.collect(Collectors.joining(", ", "SELECT ", " FROM k")));
		files.put("disable.sql", """
				UPDATE k SET status = 'disabled', off_by = :run_id, off_at = :as_of
				WHERE key_id = :key_id AND status = 'active' AND last_used_at %s :last_used_at
				""".formatted(equal));
		files.put("restore.sql", """
				UPDATE k SET status = 'active', off_by = NULL, off_at = NULL
				WHERE key_id = :key_id AND status = 'disabled' AND off_by = :run_id AND off_at = :off_at
				""");
		return files;
	}

	/**
	 * {@return the definition without the statements that switch}
	 */
	static Map<String, String> withoutDisabling(Map<String, String> definition) {
		Map<String, String> files = new TreeMap<>(definition);
		files.remove("disable.sql");
		return files;
	}

	static void insert(JdbcClient jdbc, KeyRecord key) {
		String values = CanonicalColumns.ALL.stream().map((column) -> "?").collect(Collectors.joining(", "));
		jdbc.sql("INSERT INTO k (" + CanonicalColumns.NAMES + ") VALUES (" + values + ")")
			.params(CanonicalColumns.values(key, KeyTable::time))
			.update();
	}

	static void remove(JdbcClient jdbc, String keyId) {
		jdbc.sql("DELETE FROM k WHERE key_id = ?").param(keyId).update();
	}

	static void deny(JdbcClient jdbc, String keyId, Instant at) {
		jdbc.sql("UPDATE k SET last_denied_at = ? WHERE key_id = ?").param(time(at)).param(keyId).update();
	}

	private static Object time(Instant value) {
		return TIME.format(LocalDateTime.ofInstant(value, ZoneOffset.UTC));
	}

}
