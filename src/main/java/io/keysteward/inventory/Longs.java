package io.keysteward.inventory;

import java.util.Arrays;

/**
 * Millions of numbers by their position, in pieces that are made when they are needed.
 */
final class Longs {

	private static final int BITS = 13;

	private static final int MASK = (1 << BITS) - 1;

	private final long absent;

	private long[][] pieces = new long[16][];

	/**
	 * Makes an empty list.
	 * @param absent what is at a position where nothing was set
	 */
	Longs(long absent) {
		this.absent = absent;
	}

	long get(int position) {
		int piece = position >>> BITS;
		return (piece < this.pieces.length && this.pieces[piece] != null) ? this.pieces[piece][position & MASK]
				: this.absent;
	}

	void set(int position, long value) {
		int piece = position >>> BITS;
		if (piece >= this.pieces.length) {
			this.pieces = Arrays.copyOf(this.pieces, Math.max(piece + 1, 2 * this.pieces.length));
		}
		if (this.pieces[piece] == null) {
			this.pieces[piece] = new long[1 << BITS];
			Arrays.fill(this.pieces[piece], this.absent);
		}
		this.pieces[piece][position & MASK] = value;
	}

}
