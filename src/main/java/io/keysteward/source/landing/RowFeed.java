package io.keysteward.source.landing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The rows of one table, one by one, in constant memory.
 */
public interface RowFeed extends AutoCloseable {

	/**
	 * Stands for a value that the row lacks, unlike a null that it has; compared by
	 * identity.
	 */
	@SuppressWarnings("StringOperationCanBeSimplified") // No other text is the same
														// object.
	String ABSENT = new String("absent");

	/**
	 * {@return the columns, if the system names them; null: those of the table}
	 */
	default @Nullable List<Table.Column> columns() {
		return null;
	}

	/**
	 * {@return the next row: for each column, in order, the system's own text, null or
	 * {@link #ABSENT}, not yet cut or hashed; null: there are no more rows}
	 */
	@Nullable List<@Nullable String> next();

	@Override
	void close();

}
