package io.keysteward.inventory;

import java.time.Instant;

import io.keysteward.key.KeyRecord;

/**
 * The newest use of a key that any complete reading has seen.
 *
 * @param lastUsedAt that use
 */
record KeyUse(Instant lastUsedAt) {

	/**
	 * {@return whether it is this key's: one that was created after the use is another
	 * key under the same id. A creation that has moved, but not past the use, was
	 * corrected or rounded}
	 */
	boolean isOf(KeyRecord key) {
		Instant created = key.createdAt();
		return created == null || !this.lastUsedAt.isBefore(created);
	}

}
