package io.keysteward.insight;

import java.util.List;
import java.util.function.Consumer;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Rows of one kind, in their order. How many there are is known before the first is read,
 * and none is kept once it is handed over.
 *
 * @param <T> the rows
 * @param count how many there should be
 * @param source reads them
 */
public record Rows<T>(long count, Source<T> source) {

	/**
	 * {@return rows that are in memory already}
	 */
	static <T> Rows<T> of(List<T> rows) {
		return new Rows<>(rows.size(), rows::forEach);
	}

	/**
	 * {@return rows that a statement reads}
	 */
	static <T> Source<T> read(StatementSpec statement, RowMapper<T> mapper) {
		return (consumer) -> statement.query(handing(mapper, consumer));
	}

	/**
	 * {@return what hands over each row of a result}
	 */
	static <T> RowCallbackHandler handing(RowMapper<T> mapper, Consumer<T> consumer) {
		return (row) -> consumer.accept(mapper.mapRow(row, 0));
	}

	/**
	 * Hands over every row.
	 */
	public void each(Consumer<T> consumer) {
		this.source.each(consumer);
	}

	/**
	 * Has rows.
	 *
	 * @param <T> the rows
	 */
	@FunctionalInterface
	public interface Source<T> {

		/**
		 * Hands over every row, in order.
		 */
		void each(Consumer<T> consumer);

	}

}
