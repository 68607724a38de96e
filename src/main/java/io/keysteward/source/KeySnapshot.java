package io.keysteward.source;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;

/**
 * One consistent snapshot of a source's keys, read block by block with flat memory.
 */
public interface KeySnapshot extends AutoCloseable {

	/**
	 * {@return what the source declares, as of this snapshot}
	 */
	SourceTraits traits();

	/**
	 * {@return where this snapshot was taken}
	 */
	Place place();

	/**
	 * {@return when the rows were true, by the source's clock}
	 */
	Instant snapshotAt();

	/**
	 * {@return the source's clock when the reading began: what it is compared with ours
	 * by, however old the rows are}
	 */
	Instant sourceNow();

	/**
	 * {@return the next keys, at most this many; empty at the end}
	 * @param size the largest block wanted
	 */
	List<KeyRecord> next(int size);

	/**
	 * {@return the keys read so far whose masked key showed too much and was masked
	 * again}
	 */
	Remasked remasked();

	/**
	 * {@return rows read so far that were too large, so that their texts were cut}
	 */
	long shortened();

	@Override
	void close();

}
