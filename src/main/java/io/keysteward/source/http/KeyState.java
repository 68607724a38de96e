package io.keysteward.source.http;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Usage;
import io.keysteward.source.Difference;
import io.keysteward.source.landing.LandedKey;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a key.
 *
 * @param found the key; null: it is not shown
 * @param at the time of the reading, by the system's clock
 */
record KeyState(@Nullable LandedKey found, Instant at) {

	private static final Set<KeyColumn> SWITCHES_AND_USE = Set.of(KeyColumn.STATUS, KeyColumn.EXPIRES_AT,
			KeyColumn.LAST_USED_AT);

	@Nullable KeyRecord key() {
		return (this.found != null) ? this.found.key() : null;
	}

	/**
	 * {@return its row, with hidden columns; empty: it is not shown}
	 */
	Map<String, @Nullable String> row() {
		return (this.found != null) ? this.found.row() : Map.of();
	}

	/** A key past its expiry is off, as in the inventory. */
	boolean isOff() {
		KeyRecord key = key();
		if (key == null || key.status() == KeyStatus.DISABLED || key.status() == KeyStatus.EXPIRED) {
			return true;
		}
		return key.dataError() == null && key.expiresAt() != null && !key.expiresAt().isAfter(this.at);
	}

	/**
	 * {@return whether it is switched on, even if it has expired by itself}
	 */
	boolean isOn() {
		KeyRecord key = key();
		return key != null && key.status() != null && key.status() != KeyStatus.DISABLED;
	}

	/**
	 * {@return the difference from the key as it was read; null: none}
	 */
	@Nullable String differenceFrom(KeyRecord read) {
		String difference = Difference.between(read, key(), Set.of());
		if (difference == null && isOff()) {
			return "expires_at " + read.expiresAt() + " has passed since";
		}
		return difference;
	}

	/**
	 * {@return changes other than switching and use; null: none, or it is not shown}
	 */
	@Nullable String otherChanges(KeyRecord before) {
		return (this.found != null) ? Difference.between(before, key(), SWITCHES_AND_USE) : null;
	}

	/**
	 * {@return the change of its last use; null: none}
	 */
	@Nullable String usedSince(KeyRecord before) {
		KeyRecord key = key();
		if (key == null || Objects.equals(key.usage(), before.usage())) {
			return null;
		}
		return "last_used_at was " + before.usage().lastUsedAt() + ", is " + key.usage().lastUsedAt();
	}

	/**
	 * {@return a hash of everything in a key that switching does not change}
	 */
	static String lasting(KeyRecord key) {
		return Sha256.of(new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(),
				key.createdAt(), Usage.UNKNOWN, null, null, key.kind(), null)
			.toString());
	}

	@Override
	public String toString() {
		return "state of " + this.found;
	}

}
