package io.keysteward.inventory;

import java.util.Arrays;

/**
 * A set of key ids that keeps a hash of eight bytes for each. It may report an id that it
 * does not have, and never misses one that it has.
 */
final class KeyHashes {

	private long[] hashes = new long[1024];

	private int size;

	private boolean sorted = true;

	void add(String keyId) {
		if (this.size == this.hashes.length) {
			this.hashes = Arrays.copyOf(this.hashes, this.size * 2);
		}
		this.hashes[this.size++] = hash(keyId);
		this.sorted = false;
	}

	boolean contains(String keyId) {
		if (!this.sorted) {
			Arrays.sort(this.hashes, 0, this.size);
			this.sorted = true;
		}
		return Arrays.binarySearch(this.hashes, 0, this.size, hash(keyId)) >= 0;
	}

	private static long hash(String keyId) {
		long hash = 0;
		for (int i = 0; i < keyId.length(); i++) {
			hash = (hash ^ keyId.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
			hash ^= hash >>> 32;
		}
		return hash;
	}

}
