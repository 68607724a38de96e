package io.keysteward.source.postgresql;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.key.KeyColumn;
import io.keysteward.source.CurrentKey;
import io.keysteward.source.definition.Definition;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;

/**
 * Checks the columns of {@code select.sql} against the canonical ones, and wraps it so
 * that it returns exactly these in their types.
 */
final class Columns {

	private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name", "citext", "uuid", "int2",
			"int4", "int8", "smallserial", "serial", "bigserial", "numeric");

	private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "smallserial", "serial", "bigserial",
			"numeric", "float4", "float8");

	private static final Set<KeyColumn> WORDS = Set.of(KeyColumn.STATUS, KeyColumn.PROJECT_STATE,
			KeyColumn.OWNER_STATE);

	private static final List<String> NAMES = Arrays.stream(KeyColumn.values()).map(KeyColumn::columnName).toList();

	private final SqlDefinition definition;

	Columns(SqlDefinition definition) {
		this.definition = definition;
	}

	/**
	 * {@return a statement that describes the columns and returns no row}
	 */
	String describe() {
		return "SELECT s.* FROM (\n" + this.definition.select() + "\n) AS s LIMIT 0";
	}

	/**
	 * {@return the statement that reads all keys}
	 * @param narrowed whether to read only the projects to which the transaction is
	 * narrowed
	 */
	String select(DefinitionMatch fit, boolean narrowed) {
		return bounded(fit,
				narrowed ? " WHERE s.\"project_id\"::text = ANY (current_setting('keysteward.projects')::text[])" : "");
	}

	/**
	 * {@return the statement that reads the key in the transaction's parameter
	 * {@code keysteward.key}}
	 */
	String selectKey(DefinitionMatch fit) {
		return bounded(fit, " WHERE s.\"key_id\"::text = current_setting('keysteward.key')");
	}

	/**
	 * {@return the statement that reads for every other key a hash of its id, status and
	 * end}
	 */
	String selectOthers(DefinitionMatch fit) {
		String states = fit.columns()
			.stream()
			.filter((column) -> CurrentKey.SWITCHES.contains(column) || column == KeyColumn.KEY_ID)
			.map((column) -> "s.\"" + column.columnName() + "\"::text")
			.collect(Collectors.joining(", "));
		return "SELECT hashtextextended(concat_ws('|', " + states + ") COLLATE \"C\", 0) FROM (\n"
				+ this.definition.select()
				+ "\n) AS s WHERE s.\"key_id\"::text IS DISTINCT FROM current_setting('keysteward.key')";
	}

	/**
	 * Limits the length of texts, since rows are fetched by the hundred. Each
	 * {@code OFFSET 0} keeps the planner from evaluating the inner expressions several
	 * times.
	 */
	private String bounded(DefinitionMatch fit, String where) {
		List<KeyColumn> columns = fit.columns();
		String rows = columns.stream()
			.map(Columns::expression)
			.collect(Collectors.joining(", ", "SELECT ", " FROM (\n")) + this.definition.select() + "\n) AS s" + where
				+ " OFFSET 0";
		String measured = columns.stream()
			.filter((column) -> !column.isTime())
			.map((column) -> "coalesce(octet_length(r.\"" + column.columnName() + "\"), 0)")
			.collect(Collectors.joining(" + ", "SELECT r.*, ", " > " + RowText.LARGEST_ROW + " AS large FROM (")) + rows
				+ ") AS r OFFSET 0";
		return columns.stream()
			.map((column) -> beginning(column, fit.encoded()))
			.collect(Collectors.joining(", ", "SELECT ", ", "))
				+ "CASE WHEN m.large THEN coalesce(hashtextextended(m.\"key_id\" COLLATE \"C\", 0), 0) END AS large FROM ("
				+ measured + ") AS m";
	}

	/**
	 * One character above the limit shows that the text was longer. A server without an
	 * encoding refuses to return invalid text, so it returns bytes.
	 */
	private static String beginning(KeyColumn column, boolean encoded) {
		String name = "m.\"" + column.columnName() + "\"";
		if (column.isTime()) {
			return name;
		}
		String text = "CASE WHEN m.large THEN left(" + name + ", " + (RowText.BEGINNING + 1) + ") ELSE " + name
				+ " END";
		return (encoded ? text : "convert_to(" + text + ", 'SQL_ASCII')") + " AS \"" + column.columnName() + "\"";
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
		Optional<String> near = NearestWord.to(label, NAMES);
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
		if (!columns.contains(KeyColumn.LAST_USED_AT)
				&& this.definition.common().recorded() != Definition.Recorded.NONE) {
			throw fault("column last_used_at is missing; write … AS last_used_at, or usage.recorded: none in "
					+ Definition.YAML);
		}
	}

	/** The type's name without schema and quotes. */
	private static String bare(String type) {
		return type.substring(type.lastIndexOf('.') + 1).replace("\"", "");
	}

	private Failure fault(String line) {
		return Failure.configuration(this.definition.file(SqlDefinition.SELECT) + ": " + line);
	}

}
