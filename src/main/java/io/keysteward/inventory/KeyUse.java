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
	 * {@return whether the use is this key's: a key created after the use is another one
	 * under the same id. A creation that moved, but not past the use, was corrected or
	 * rounded}
	 */
	boolean isOf(KeyRecord key) {
		Instant created = key.createdAt();
		return created == null || !this.lastUsedAt.isBefore(created);
	}

}
