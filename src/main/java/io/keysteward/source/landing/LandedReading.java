package io.keysteward.source.landing;

import java.time.Instant;

import io.keysteward.source.ReadFile;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a system, table by table, in the order of the definition.
 */
public interface LandedReading extends AutoCloseable {

	/**
	 * {@return the time of the rows' state: for a file its last modification, for an HTTP
	 * list the first answer's date}
	 */
	Instant snapshotAt();

	/**
	 * {@return the system's clock when the reading began; ours if it has none}
	 */
	Instant sourceNow();

	/**
	 * Starts to read the rows of a table.
	 * @param table the table
	 * @param landed the rows of the tables read before
	 * @return its rows; they must be closed before the next table is read
	 */
	RowFeed rows(Table table, LandedRows landed);

	/**
	 * {@return whether rows may repeat, because the pages of a list move while they are
	 * read; rows with equal landed values then count once}
	 */
	default boolean mayRepeatRows() {
		return false;
	}

	/**
	 * {@return the file, after it was read; null: there is none}
	 */
	default @Nullable ReadFile file() {
		return null;
	}

	@Override
	void close();

}
