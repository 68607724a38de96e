package io.keysteward.insight;

import java.util.List;
import java.util.function.Consumer;

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
