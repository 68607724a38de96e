package io.keysteward.inventory;

import java.time.Instant;

import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * The newest use of a key that any complete reading has seen.
 *
 * @param createdAt when the key was created; null: not known
 * @param lastUsedAt its newest use
 */
record KeyUse(@Nullable Instant createdAt, Instant lastUsedAt) {

	/**
	 * {@return whether it is this key's: one that was created later under the same id is
	 * another key, and so is one that was created after the use}
	 */
	boolean isOf(KeyRecord key) {
		Instant created = key.createdAt();
		return created == null
				|| (!this.lastUsedAt.isBefore(created) && (this.createdAt == null || !created.isAfter(this.createdAt)));
	}

}
