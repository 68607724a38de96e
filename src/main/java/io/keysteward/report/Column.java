package io.keysteward.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;

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
public record Column<T>(String header, Content content, Value<T> value) {

	/**
	 * {@return a column that shows a stored one as it is}
	 */
	static Column<ResultSet> stored(String header, Content content, String name) {
		return switch (content) {
			case DATE -> new Column<>(header, content, (row) -> instant(row, name));
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
	 * {@return a stored time}
	 */
	static @Nullable Instant instant(ResultSet row, String name) throws SQLException {
		OffsetDateTime time = row.getObject(name, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
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
