package io.keysteward.source.sql;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.key.Failure;
import io.keysteward.key.KeyColumn;
import io.keysteward.yaml.Nearest;

/**
 * Checks what {@code select.sql} returns against the canonical columns, and wraps it so
 * that exactly these come back in exactly their types.
 */
final class Columns {

	private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name", "citext", "uuid", "int2",
			"int4", "int8", "smallserial", "serial", "bigserial", "numeric");

	private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "smallserial", "serial", "bigserial",
			"numeric", "float4", "float8");

	private static final Set<KeyColumn> WORDS = Set.of(KeyColumn.STATUS, KeyColumn.PROJECT_STATE,
			KeyColumn.OWNER_STATE);

	private static final List<String> NAMES = Arrays.stream(KeyColumn.values()).map(KeyColumn::columnName).toList();

	private final Definition definition;

	Columns(Definition definition) {
		this.definition = definition;
	}

	/**
	 * {@return the statement that describes the columns and returns no row}
	 */
	String describe() {
		return "SELECT s.* FROM (\n" + this.definition.select() + "\n) AS s LIMIT 0";
	}

	/**
	 * {@return the statement that reads the columns}
	 * @param narrowed whether only the projects are wanted to which the transaction is
	 * narrowed
	 */
	String select(List<KeyColumn> columns, boolean narrowed) {
		return columns.stream().map(Columns::expression).collect(Collectors.joining(", ", "SELECT ", " FROM (\n"))
				+ this.definition.select() + "\n) AS s" + (narrowed
						? " WHERE s.\"project_id\"::text = ANY (current_setting('keysteward.projects')::text[])" : "");
	}

	/**
	 * {@return the statement that reads the columns of the one key that the transaction
	 * has as {@code keysteward.key}}
	 */
	String selectKey(List<KeyColumn> columns) {
		return select(columns, false) + " WHERE s.\"key_id\"::text = current_setting('keysteward.key')";
	}

	private static String expression(KeyColumn column) {
		String name = column.columnName();
		return column.isTime() ? "s.\"" + name + "\"" : "s.\"" + name + "\"::text AS \"" + name + "\"";
	}

	/**
	 * {@return the columns in their order}
	 */
	List<KeyColumn> check(ResultSetMetaData returned) throws SQLException {
		List<KeyColumn> columns = new ArrayList<>();
		for (int i = 1; i <= returned.getColumnCount(); i++) {
			KeyColumn column = column(returned.getColumnLabel(i));
			if (columns.contains(column)) {
				throw fault("column " + column.columnName() + " comes twice; give each column its own name");
			}
			checkType(column, bare(returned.getColumnTypeName(i)), returned.getColumnType(i));
			columns.add(column);
		}
		checkComplete(columns);
		return List.copyOf(columns);
	}

	private KeyColumn column(String label) {
		if (NAMES.contains(label)) {
			return KeyColumn.values()[NAMES.indexOf(label)];
		}
		Optional<String> near = Nearest.to(label, NAMES);
		throw fault("column '" + label + "' is not known; "
				+ near.map((name) -> "did you mean " + name + "? Write … AS " + name)
					.orElseGet(() -> "leave it out, or write … AS one of " + String.join(", ", NAMES)));
	}

	private void checkType(KeyColumn column, String type, int jdbcType) {
		if (column.isTime()) {
			if (!type.equals("timestamptz")) {
				throw fault("column " + column.columnName() + " is " + type + ", not timestamptz; "
						+ timeAdvice(column.columnName(), type));
			}
		}
		// The driver calls every enum a VARCHAR.
		else if (!TEXTS.contains(type) && jdbcType != Types.VARCHAR) {
			throw fault("column " + column.columnName() + " is " + type + ", not text; " + textAdvice(column, type));
		}
	}

	private static String timeAdvice(String name, String type) {
		if (type.equals("timestamp")) {
			return "write " + name + " AT TIME ZONE 'UTC' AS " + name
					+ ", or the zone in which it was written instead of UTC";
		}
		if (NUMBERS.contains(type)) {
			return "write to_timestamp(" + name + ") AS " + name + " for epoch seconds, to_timestamp(" + name
					+ " / 1000.0) AS " + name + " for milliseconds";
		}
		if (type.equals("date")) {
			return "write " + name + "::timestamp AT TIME ZONE 'UTC' AS " + name
					+ ", or the zone of the date, and P1D as usage.granularity where a use has no time of day";
		}
		return "write " + name + "::timestamptz AS " + name + ", which takes a text without a zone for UTC";
	}

	private static String textAdvice(KeyColumn column, String type) {
		String name = column.columnName();
		if (type.equals("bool") && WORDS.contains(column)) {
			return "write CASE WHEN … THEN '" + ((column == KeyColumn.STATUS) ? "active" : "ok") + "' ELSE '"
					+ ((column == KeyColumn.PROJECT_STATE) ? "deleted" : "disabled") + "' END AS " + name;
		}
		return "write " + name + "::text AS " + name;
	}

	private void checkComplete(List<KeyColumn> columns) {
		if (!columns.contains(KeyColumn.KEY_ID)) {
			throw fault("column key_id is missing; write the key's public id AS key_id");
		}
		if (!columns.contains(KeyColumn.LAST_USED_AT) && this.definition.recorded() != Definition.Recorded.NONE) {
			throw fault("column last_used_at is missing; write … AS last_used_at, or usage.recorded: none in "
					+ Definition.YAML);
		}
	}

	/** The type's name without its schema and quotes. */
	private static String bare(String type) {
		return type.substring(type.lastIndexOf('.') + 1).replace("\"", "");
	}

	private Failure fault(String line) {
		return Failure.configuration(this.definition.file(Definition.SELECT) + ": " + line);
	}

}
