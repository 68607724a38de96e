package io.keysteward.job;

import java.time.Duration;
import java.util.List;

import io.keysteward.inventory.InventoryWriter;
import io.keysteward.inventory.SourceReading;
import io.keysteward.inventory.SourceReading.Changes;
import io.keysteward.key.KeyRecord;
import io.keysteward.run.ReadSource;
import io.keysteward.run.Run;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.Remasked;

/**
 * A source while it is being read: its snapshot, and the blocks of keys that are
 * classified and compared ahead of the transaction that writes what has changed.
 *
 * @param run the run that reads it
 * @param snapshot its keys
 * @param skew how far our clock is ahead of the source's
 * @param keys the keys on their way, block by block
 * @param blocks what they change, block by block
 * @param writer writes it
 * @param reading compares the keys with what is stored
 * @param lastCount how many keys the last run read
 */
record OpenSource(Run run, KeySnapshot snapshot, Duration skew, ReadAhead<List<KeyRecord>> keys,
		ReadAhead<Changes> blocks, InventoryWriter writer, SourceReading reading,
		long lastCount) implements AutoCloseable {

	/**
	 * {@return what is known of it after its last row}
	 * @param rows how many there were
	 */
	ReadSource read(long rows) {
		Remasked remasked = this.snapshot.remasked();
		return new ReadSource(this.snapshot.snapshotAt(), this.skew, this.snapshot.traits().granularity(), rows,
				remasked.rows(), this.reading.goneBack(), remasked.fault());
	}

	@Override
	public void close() {
		this.blocks.close();
		this.keys.close();
		this.snapshot.close();
	}

}
