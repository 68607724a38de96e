package io.keysteward.report.workbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;

import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table: its header, its kind of content and where a row's value comes
 * from.
 *
 * @param <T> the rows
 * @param header unique within the table
 * @param content what it holds
 * @param value text, a number, an {@link Instant} or null
 */
public record Column<T>(String header, CellFormat content, Value<T> value) {

	/**
	 * {@return a column that shows a stored one as it is}
	 */
	static Column<ResultSet> stored(String header, CellFormat content, String name) {
		return switch (content) {
			case DATE -> new Column<>(header, content, (row) -> StoredTime.of(row, name));
			case NUMBER -> new Column<>(header, content, (row) -> row.getObject(name));
			default -> new Column<>(header, content, (row) -> row.getString(name));
		};
	}

	/**
	 * {@return the same column of rows that have such a row}
	 */
	<S> Column<S> of(Function<S, T> row) {
		return new Column<>(this.header, this.content, (other) -> this.value.of(row.apply(other)));
	}

	/**
	 * Takes a cell's value from a row.
	 *
	 * @param <T> the rows
	 */
	@FunctionalInterface
	public interface Value<T> {

		@Nullable Object of(T row) throws SQLException;

	}

}
