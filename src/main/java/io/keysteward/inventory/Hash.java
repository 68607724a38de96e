package io.keysteward.inventory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The first 16 bytes of a SHA-256.
 *
 * @param high the first 8 bytes
 * @param low the others
 */
record Hash(long high, long low) {

	static final int BYTES = 16;

	/** Of nothing that exists. */
	static final Hash NONE = new Hash(0, 0);

	/** Of what is there, and not known. */
	static final Hash UNKNOWN = new Hash(-1, -1);

	static Hash of(MessageDigest digest, String text) {
		digest.update(text.getBytes(StandardCharsets.UTF_8));
		return of(digest);
	}

	/**
	 * {@return the hash of what the digest was given}
	 */
	static Hash of(MessageDigest digest) {
		return read(ByteBuffer.wrap(digest.digest()));
	}

	static Hash read(ByteBuffer bytes) {
		return new Hash(bytes.getLong(), bytes.getLong());
	}

	void write(ByteBuffer bytes) {
		bytes.putLong(this.high).putLong(this.low);
	}

}
