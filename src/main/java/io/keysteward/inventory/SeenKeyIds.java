package io.keysteward.inventory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;

/**
 * Remembers millions of key ids in some twenty bytes each, to find duplicates.
 */
public final class SeenKeyIds {

	private static final int FIRST_CAPACITY = 1 << 12;

	private final MessageDigest digest = Sha256.digest();

	/**
	 * 128 bits of each id's hash as two longs; 0, 0 is a free place. Two ids with the
	 * same bits would count as a duplicate, which does not happen by chance.
	 */
	private long[] table = new long[2 * FIRST_CAPACITY];

	private int size;

	/**
	 * Adds the next id of a source.
	 * @param file the file of its definition that selects keys
	 * @throws Failure where the id is a duplicate
	 */
	public void requireNew(String source, String file, String keyId) {
		if (!add(keyId)) {
			throw Failure.configuration("source '" + source + "': key_id '" + SafeText.visible(keyId)
					+ "' comes more than once; its " + file + " must return each key in one row");
		}
	}

	/**
	 * {@return whether the id is new}
	 */
	public boolean add(String keyId) {
		if (2 * this.size >= this.table.length / 2) {
			grow();
		}
		ByteBuffer hash = ByteBuffer.wrap(this.digest.digest(keyId.getBytes(StandardCharsets.UTF_8)));
		boolean added = put(this.table, hash.getLong(), hash.getLong());
		this.size += added ? 1 : 0;
		return added;
	}

	private void grow() {
		long[] larger = new long[2 * this.table.length];
		for (int i = 0; i < this.table.length; i += 2) {
			if (this.table[i] != 0 || this.table[i + 1] != 0) {
				put(larger, this.table[i], this.table[i + 1]);
			}
		}
		this.table = larger;
	}

	private static boolean put(long[] table, long high, long low) {
		int place = 2 * (int) (high & (table.length / 2 - 1));
		while (table[place] != 0 || table[place + 1] != 0) {
			if (table[place] == high && table[place + 1] == low) {
				return false;
			}
			place = (place + 2) & (table.length - 1);
		}
		table[place] = high;
		table[place + 1] = low;
		return true;
	}

}
