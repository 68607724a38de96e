package io.keysteward.source.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import io.keysteward.text.SafeText;

/**
 * The SELECT of one landed table, wrapped so that the server makes all columns texts: a
 * driver's conversion of times depends on the driver and this machine's zone.
 *
 * @param text the file's statement
 * @param columns the columns that it returns
 * @param dialect the database's dialect
 */
record TableSelect(StatementText text, List<Column> columns, Dialect dialect) {

	/**
	 * {@return the SELECT of a file, as the database describes it}
	 */
	static TableSelect describe(StatementText text, Connection connection, Dialect dialect) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet none = statement.executeQuery("SELECT s.* FROM (\n" + text.sql() + "\n) s LIMIT 0")) {
			ResultSetMetaData returned = none.getMetaData();
			List<Column> columns = new ArrayList<>();
			for (int i = 1; i <= returned.getColumnCount(); i++) {
				Column column = new Column(returned.getColumnLabel(i), returned.getColumnType(i));
				requireNameOfItsOwn(text, columns, column);
				columns.add(column);
			}
			return new TableSelect(text, List.copyOf(columns), dialect);
		}
	}

	private static void requireNameOfItsOwn(StatementText text, List<Column> before, Column column) {
		if (before.stream().anyMatch((other) -> other.name.equals(column.name))) {
			throw Failure.configuration(text.file() + ": column " + SafeText.visible(column.name)
					+ " comes twice; give each column a different name");
		}
	}

	/**
	 * {@return the names of the columns}
	 */
	List<String> names() {
		return this.columns.stream().map(Column::name).toList();
	}

	/**
	 * {@return the columns to land, unchanged}
	 */
	List<Table.Column> landed() {
		return names().stream().map((name) -> new Table.Column(name, name, Table.As.TEXT, null)).toList();
	}

	/**
	 * {@return a column's place, from 0}
	 * @throws Failure if there is no such column
	 */
	int require(String column) {
		int place = names().indexOf(column);
		if (place < 0) {
			throw Failure.configuration(this.text.file() + ": returns no column '" + SafeText.visible(column) + "'; "
					+ NearestWord.hint(column, names()));
		}
		return place;
	}

	/**
	 * {@return whether there is such a column}
	 */
	boolean has(String column) {
		return names().contains(column);
	}

	/**
	 * {@return the statement that reads all rows}
	 */
	String all() {
		return this.columns.stream().map(this::asText).collect(Collectors.joining(", ", "SELECT ", "")) + from();
	}

	/**
	 * {@return the statement that reads the rows with exactly this value in a column; it
	 * uses the value as two parameters}
	 */
	String with(String column) {
		int type = this.columns.get(require(column)).jdbcType;
		return all() + " WHERE " + this.dialect.isExactly("s." + this.dialect.quoted(column), type);
	}

	/**
	 * {@return the statement that counts the rows}
	 */
	String count() {
		return "SELECT count(*)" + from();
	}

	private String from() {
		return " FROM (\n" + this.text.sql() + "\n) s";
	}

	private String asText(Column column) {
		String expression = this.dialect.asText("s." + this.dialect.quoted(column.name), column.jdbcType);
		if (expression == null) {
			throw Failure.configuration(this.text.file() + ": column " + SafeText.visible(column.name)
					+ " holds bytes, not a text; write HEX(…) AS " + SafeText.visible(column.name));
		}
		return expression;
	}

	/**
	 * A column.
	 *
	 * @param name its name
	 * @param jdbcType its type by {@link java.sql.Types}
	 */
	record Column(String name, int jdbcType) {
	}

}
