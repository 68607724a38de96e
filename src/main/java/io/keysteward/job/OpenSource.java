package io.keysteward.job;

import java.time.Duration;

import io.keysteward.inventory.InventoryWriter;
import io.keysteward.inventory.KeptKeys;
import io.keysteward.inventory.UseReading;
import io.keysteward.run.ReadSource;
import io.keysteward.run.Run;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.Remasked;
import org.jspecify.annotations.Nullable;

/**
 * A source while it is being read: its snapshot, and the blocks of keys that are
 * classified ahead of the transaction that writes them.
 *
 * @param run the run that reads it
 * @param snapshot its keys
 * @param skew how far our clock is ahead of the source's
 * @param blocks the keys on their way, block by block
 * @param writer writes them
 * @param kept decides which keys get a row; null: all of them
 * @param uses what is known of their use
 * @param lastCount how many keys the last run read
 */
record OpenSource(Run run, KeySnapshot snapshot, Duration skew, ReadAhead<Block> blocks, InventoryWriter writer,
		@Nullable KeptKeys kept, UseReading uses, long lastCount) implements AutoCloseable {

	/**
	 * {@return what is known of it after its last row}
	 * @param rows how many there were
	 */
	ReadSource read(long rows) {
		Remasked remasked = this.snapshot.remasked();
		return new ReadSource(this.snapshot.snapshotAt(), this.skew, this.snapshot.traits().granularity(), rows,
				remasked.rows(), this.uses.goneBack(), remasked.fault());
	}

	@Override
	public void close() {
		this.blocks.close();
		this.snapshot.close();
	}

	/**
	 * Keys on their way into the inventory.
	 *
	 * @param keys how many
	 * @param rows as they are sent
	 * @param uses those of their uses that are newer than what is known, likewise
	 */
	record Block(int keys, byte[] rows, byte[] uses) {
	}

}
