package io.keysteward.source.landing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.keysteward.source.landing.Table.Column;
import org.jspecify.annotations.Nullable;

/**
 * A landed table: a temporary table with numbered rows, and a view of it with the
 * definition's names.
 */
final class LandedTable {

	private final Table table;

	private final int number;

	private final List<Column> columns;

	/** By column, the number of rows that lack it. */
	private final long[] absent;

	/** The hidden values by the rows' numbers; null: they are not kept. */
	private final @Nullable List<@Nullable String[]> hidden;

	private long rows;

	LandedTable(Table table, int number, List<Column> columns, boolean keepHidden) {
		this.table = table;
		this.number = number;
		this.columns = columns;
		this.absent = new long[columns.size()];
		boolean hides = columns.stream().anyMatch((column) -> column.as() == Table.As.HIDDEN);
		this.hidden = (keepHidden && hides) ? new ArrayList<>() : null;
	}

	Table table() {
		return this.table;
	}

	List<Column> columns() {
		return this.columns;
	}

	long rows() {
		return this.rows;
	}

	/**
	 * {@return the number of the next row, from 1}
	 */
	long nextRow() {
		return ++this.rows;
	}

	void countAbsent(int column) {
		this.absent[column]++;
	}

	boolean isAbsentInSomeRow(int column) {
		return this.absent[column] > 0;
	}

	boolean isAbsentInEveryRow(int column) {
		return this.rows > 0 && this.absent[column] == this.rows;
	}

	void keepHidden(@Nullable String[] values) {
		if (this.hidden != null) {
			this.hidden.add(values);
		}
	}

	/**
	 * {@return a row's hidden values, in the order of the columns}
	 */
	@Nullable String[] hidden(long row) {
		return (this.hidden != null) ? this.hidden.get((int) row - 1) : new @Nullable String[0];
	}

	/**
	 * {@return the numbers of the columns that are landed}
	 */
	IntStream landed() {
		return IntStream.range(0, this.columns.size())
			.filter((column) -> this.columns.get(column).as() != Table.As.HIDDEN);
	}

	/**
	 * {@return the temporary table, as SQL names it}
	 */
	String base() {
		return "pg_temp.\"keysteward " + this.number + "\"";
	}

	String create() {
		return "CREATE TEMPORARY TABLE " + base().substring("pg_temp.".length()) + " (n bigint, lacks text"
				+ landed().mapToObj((column) -> ", c" + column + " text").collect(Collectors.joining()) + ")";
	}

	String copy() {
		return "COPY " + base() + " FROM STDIN";
	}

	/**
	 * Deletes each row whose landed values equal those of an earlier row. Digests are
	 * sorted in place of whole rows, and the time grows with the number of rows.
	 */
	String deleteRepeated() {
		String row = "ROW(lacks" + landed().mapToObj((column) -> ", c" + column).collect(Collectors.joining()) + ")";
		return "DELETE FROM " + base() + " WHERE n IN (SELECT n FROM (SELECT n, row_number() OVER (PARTITION BY"
				+ " sha256(convert_to(" + row + "::text, 'UTF8')) ORDER BY n) AS place FROM " + base()
				+ ") AS r WHERE place > 1)";
	}

	/**
	 * {@return the statement that creates the view}
	 * @param filled the column whose missing values are replaced; -1: none
	 * @param value the replacement, an SQL literal
	 * @param where the condition for rows; empty: all rows
	 */
	String view(int filled, String value, String where) {
		String shown = landed().mapToObj((column) -> {
			String name = " AS " + quoted(this.columns.get(column).name());
			return (column != filled) ? "c" + column + name
					: "CASE WHEN lacks LIKE '%," + column + ",%' THEN " + value + " ELSE c" + column + " END" + name;
		}).collect(Collectors.joining(", "));
		return "CREATE OR REPLACE TEMPORARY VIEW " + quoted(this.table.name()) + " AS SELECT " + shown + " FROM "
				+ base() + (where.isEmpty() ? "" : " WHERE " + where);
	}

	static String quoted(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

}
