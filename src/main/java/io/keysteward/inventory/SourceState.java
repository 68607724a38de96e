package io.keysteward.inventory;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * What is stored of a source's keys, by their numbers, and what a reading changes of it.
 * Times are {@link CopyRows} timestamps. Not thread-safe.
 */
public final class SourceState {

	/** Keys of one row of {@code key_block}. */
	static final int BLOCK = 32;

	/** No use is known; also as the database has it. */
	static final long NEVER = Long.MIN_VALUE;

	private final KeyNumbers numbers = new KeyNumbers();

	private final Longs recordHigh = new Longs(0);

	private final Longs recordLow = new Longs(0);

	private final Longs used = new Longs(NEVER);

	private final Longs usedIn = new Longs(0);

	private final Longs usedBefore = new Longs(NEVER);

	private final Longs denied = new Longs(NEVER);

	private final BitSet seen = new BitSet();

	private final BitSet ended = new BitSet();

	private final BitSet usedAnew = new BitSet();

	private final BitSet changedBlocks = new BitSet();

	/** The number of the key that may come next. */
	private int expected;

	/** How many keys have a row that is stored. */
	private long records;

	private boolean recordsForgotten;

	/** Takes over a key as it is stored; keys come in the order of their numbers. */
	void load(Hash id, Hash record, long use) {
		int number = this.numbers.add(id);
		setRecord(number, record);
		this.records += record.equals(Hash.NONE) ? 0 : 1;
		if (use != NEVER) {
			this.used.set(number, use);
		}
	}

	/**
	 * Takes over the number of the reading that was the last to change the uses of a
	 * block.
	 */
	void loadBlock(int block, int reading) {
		this.usedIn.set(block, reading);
	}

	/** Takes over the newest refused attempt of a key, if the key is known. */
	void loadDenied(Hash id, long at) {
		int number = this.numbers.find(id);
		if (number >= 0) {
			this.denied.set(number, at);
		}
	}

	/**
	 * {@return whether an attempt is newer than all that readings have seen of the key;
	 * it is taken over}
	 */
	boolean deny(int number, long at) {
		if (at <= this.denied.get(number)) {
			return false;
		}
		this.denied.set(number, at);
		return true;
	}

	/**
	 * {@return the number of keys that had a row when this was loaded}
	 */
	long records() {
		return this.records;
	}

	/**
	 * {@return the number of keys that have a number}
	 */
	int keys() {
		return this.numbers.size();
	}

	boolean recordsForgotten() {
		return this.recordsForgotten;
	}

	/** Takes no row for the one that is stored; each may be there. */
	void forgetRecords() {
		this.recordsForgotten = true;
		for (int number = 0; number < this.numbers.size(); number++) {
			setRecord(number, Hash.UNKNOWN);
			changed(number);
		}
	}

	/**
	 * {@return the last reading that has changed the uses of a block}
	 * @param reading the one under way
	 */
	int usedIn(int block, int reading) {
		return usedAnewOf(block).findAny().isPresent() ? reading : (int) this.usedIn.get(block);
	}

	/**
	 * {@return the number of the key that comes next in the reading; below 0: it has come
	 * before}
	 */
	int next(Hash id) {
		int number = find(id);
		if (number < 0) {
			number = this.numbers.add(id);
			changed(number);
		}
		if (this.seen.get(number)) {
			return -1;
		}
		this.seen.set(number);
		this.expected = number + 1;
		return number;
	}

	/**
	 * Keys mostly come in the order in which they came first: that one is near in memory.
	 */
	private int find(Hash id) {
		int number = this.expected;
		return (number < this.numbers.size() && this.numbers.id(number).equals(id)) ? number : this.numbers.find(id);
	}

	/**
	 * {@return the newest use that a complete reading has seen; {@link #NEVER}: none}
	 */
	long used(int number) {
		return this.used.get(number);
	}

	void use(int number, long at) {
		if (!this.usedAnew.get(number)) {
			this.usedAnew.set(number);
			this.usedBefore.set(number, this.used.get(number));
		}
		this.used.set(number, at);
		changed(number);
	}

	/**
	 * {@return whether a key's row is another than the one that is stored, which ends
	 * with it}
	 */
	boolean replace(int number, Hash record) {
		Hash before = record(number);
		if (before.equals(record)) {
			return false;
		}
		end(number, before);
		setRecord(number, record);
		changed(number);
		return true;
	}

	/** Ends the rows of the keys that have not come. */
	void endMissing() {
		for (int number = this.seen.nextClearBit(0); number < this.numbers.size(); number = this.seen
			.nextClearBit(number + 1)) {
			Hash before = record(number);
			if (!before.equals(Hash.NONE)) {
				end(number, before);
				setRecord(number, Hash.NONE);
				changed(number);
			}
		}
	}

	/**
	 * {@return the numbers of the keys whose stored rows are not so any more}
	 */
	int[] ended() {
		return this.ended.stream().toArray();
	}

	/**
	 * {@return the blocks in which something has changed}
	 */
	int[] changedBlocks() {
		return this.changedBlocks.stream().toArray();
	}

	/**
	 * {@return the numbers of a block's keys}
	 */
	IntStream numbersOf(int block) {
		return IntStream.range(block * BLOCK, Math.min((block + 1) * BLOCK, this.numbers.size()));
	}

	/**
	 * {@return the numbers of a block's keys that had another use before, of those that
	 * had one}
	 */
	IntStream usedAnewOf(int block) {
		return numbersOf(block).filter((number) -> this.usedAnew.get(number) && usedBefore(number) != NEVER);
	}

	long usedBefore(int number) {
		return this.usedBefore.get(number);
	}

	Hash id(int number) {
		return this.numbers.id(number);
	}

	/**
	 * {@return the hash of the key's row; {@link Hash#NONE}: it has none}
	 */
	Hash record(int number) {
		return new Hash(this.recordHigh.get(number), this.recordLow.get(number));
	}

	private void setRecord(int number, Hash record) {
		this.recordHigh.set(number, record.high());
		this.recordLow.set(number, record.low());
	}

	private void end(int number, Hash before) {
		if (!before.equals(Hash.NONE)) {
			this.ended.set(number);
		}
	}

	private void changed(int number) {
		this.changedBlocks.set(number / BLOCK);
	}

}
