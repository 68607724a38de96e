package io.keysteward.source.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table {@code k} with the canonical columns in a foreign database, and its definition.
 */
final class KeyTable {

	private static final List<KeyColumn> COLUMNS = Arrays.asList(KeyColumn.values());

	private static final String NAMES = COLUMNS.stream().map(KeyColumn::columnName).collect(Collectors.joining(", "));

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

	private KeyTable() {
	}

	static void create(JdbcClient jdbc, String text, String time) {
		String columns = COLUMNS.stream()
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
		files.put("keys.sql", "SELECT " + NAMES + ", off_by, off_at FROM k;\n-- all of them\n");
		files.put("select.sql",
				COLUMNS.stream()
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
		String values = COLUMNS.stream().map((column) -> "?").collect(Collectors.joining(", "));
		jdbc.sql("INSERT INTO k (" + NAMES + ") VALUES (" + values + ")")
			.params(COLUMNS.stream().map((column) -> value(key, column)).toList())
			.update();
	}

	static void remove(JdbcClient jdbc, String keyId) {
		jdbc.sql("DELETE FROM k WHERE key_id = ?").param(keyId).update();
	}

	private static @Nullable String value(KeyRecord key, KeyColumn column) {
		return switch (column) {
			case KEY_ID -> key.id().id();
			case NAME -> key.name();
			case MASKED_KEY -> key.maskedKey();
			case PROJECT_ID -> key.project().id();
			case PROJECT_NAME -> key.project().name();
			case PROJECT_STATE -> word(key.project().state());
			case OWNER_ID -> key.owner().id();
			case OWNER_NAME -> key.owner().name();
			case OWNER_EMAIL -> key.owner().email();
			case OWNER_STATE -> word(key.owner().state());
			case CREATED_AT -> time(key.createdAt());
			case LAST_USED_AT -> time(key.usage().lastUsedAt());
			case EXPIRES_AT -> time(key.expiresAt());
			case STATUS -> word(key.status());
			case KIND -> key.kind();
		};
	}

	private static @Nullable String word(@Nullable Enum<?> value) {
		return (value != null) ? value.name().toLowerCase(Locale.ROOT) : null;
	}

	private static @Nullable String time(@Nullable Instant value) {
		return (value != null) ? TIME.format(LocalDateTime.ofInstant(value, ZoneOffset.UTC)) : null;
	}

}
