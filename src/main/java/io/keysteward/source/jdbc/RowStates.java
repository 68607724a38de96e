package io.keysteward.source.jdbc;

import java.util.Arrays;

/**
 * Hashes of a table's rows in one transaction. In a transaction with a snapshot, a later
 * difference was made by the transaction itself.
 */
final class RowStates {

	private static final int ROWS = 1000;

	private long[] hashes = new long[ROWS];

	private int count;

	void add(long hash) {
		if (this.count == this.hashes.length) {
			this.hashes = Arrays.copyOf(this.hashes, 2 * this.count);
		}
		this.hashes[this.count++] = hash;
	}

	/**
	 * {@return how many of these rows are missing in other states; equal rows count
	 * separately}
	 */
	long missingIn(RowStates there) {
		sort();
		there.sort();
		long missing = 0;
		int next = 0;
		for (int i = 0; i < this.count; i++) {
			while (next < there.count && there.hashes[next] < this.hashes[i]) {
				next++;
			}
			if (next < there.count && there.hashes[next] == this.hashes[i]) {
				next++;
			}
			else {
				missing++;
			}
		}
		return missing;
	}

	/** Sorts the hashes; more may be added later. */
	private void sort() {
		Arrays.sort(this.hashes, 0, this.count);
	}

}
