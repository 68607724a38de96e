package io.keysteward.insight;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Ordered rows of one kind, passed on one by one. Their number is known before the first
 * is read, and none is kept in memory.
 *
 * @param <T> the rows
 * @param count the expected number of rows
 * @param source reads them
 */
public record Rows<T>(long count, Source<T> source) {

	/**
	 * {@return rows in memory}
	 */
	static <T> Rows<T> of(List<T> rows) {
		return new Rows<>(rows.size(), rows::forEach);
	}

	/**
	 * {@return a source of rows that a statement reads}
	 */
	static <T> Source<T> read(StatementSpec statement, RowMapper<T> mapper) {
		return (consumer) -> statement.query(handler(mapper, consumer));
	}

	/**
	 * {@return a handler that passes on each row of a result}
	 */
	static <T> RowCallbackHandler handler(RowMapper<T> mapper, Consumer<T> consumer) {
		return (row) -> consumer.accept(mapper.mapRow(row, 0));
	}

	/**
	 * Passes on every row.
	 */
	public void each(Consumer<T> consumer) {
		this.source.each(consumer);
	}

	/**
	 * A query for rows of a run, on whatever connection.
	 *
	 * @param <T> the rows
	 * @param statement makes its statement for a view of the database
	 * @param mapper makes a row of a result
	 */
	public record Query<T>(Function<Snapshot, StatementSpec> statement, RowMapper<T> mapper) {

		Source<T> source(Snapshot snapshot) {
			return (consumer) -> this.statement.apply(snapshot).query(handler(this.mapper, consumer));
		}

		/**
		 * {@return the rows; the statement has been executed}
		 */
		Stream<T> stream(Snapshot snapshot) {
			return this.statement.apply(snapshot).query(this.mapper).stream();
		}

	}

	/**
	 * A source of rows.
	 *
	 * @param <T> the rows
	 */
	@FunctionalInterface
	public interface Source<T> {

		/**
		 * Passes on every row, in order.
		 */
		void each(Consumer<T> consumer);

	}

}
