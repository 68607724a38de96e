package io.keysteward.source;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import org.jspecify.annotations.Nullable;

/**
 * One consistent snapshot of a source's keys, read block by block in constant memory.
 */
public interface KeySnapshot extends AutoCloseable {

	/**
	 * {@return what the source declares in this snapshot}
	 */
	SourceTraits traits();

	/**
	 * {@return where this snapshot was taken}
	 */
	Place place();

	/**
	 * {@return the time of the snapshot, by the source's clock}
	 */
	Instant snapshotAt();

	/**
	 * {@return the source's clock when the reading began, for the comparison with ours,
	 * however old the rows are}
	 */
	Instant sourceNow();

	/**
	 * {@return the file that the rows are from; null: they are from no file}
	 */
	default @Nullable ReadFile file() {
		return null;
	}

	/**
	 * {@return the next keys, at most this many; empty at the end}
	 * @param size the largest block wanted
	 */
	List<KeyRecord> next(int size);

	/**
	 * {@return the keys so far whose masked key showed too much and was masked again}
	 */
	Remasked remasked();

	/**
	 * {@return the number of rows so far whose texts were cut because the row was too
	 * large}
	 */
	long shortened();

	@Override
	void close();

}
