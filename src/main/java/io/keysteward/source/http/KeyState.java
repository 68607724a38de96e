package io.keysteward.source.http;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import io.keysteward.source.CurrentKey;
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

	boolean isOff() {
		return current().isOff();
	}

	/**
	 * {@return whether it is switched on, even if it has expired by itself}
	 */
	boolean isOn() {
		return current().isSwitchedOn();
	}

	/**
	 * {@return the difference from the key as it was read; null: none}
	 */
	@Nullable String differenceFrom(KeyRecord read) {
		return current().differenceFrom(read);
	}

	private CurrentKey current() {
		return new CurrentKey(key(), (end) -> !end.isAfter(this.at));
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
	 * {@return a hash of what switching does not change in a key} Undos that are stored
	 * have it, so its text is fixed: what keys got later is not in it, such as attempts
	 * to use the key while it is off.
	 */
	static String lasting(KeyRecord key) {
		return Sha256
			.of("KeyRecord[id=" + key.id() + ", name=" + key.name() + ", maskedKey=" + key.maskedKey() + ", project="
					+ key.project() + ", owner=" + key.owner() + ", createdAt=" + key.createdAt() + ", usage="
					+ Usage.UNKNOWN + ", expiresAt=null, status=null, kind=" + key.kind() + ", dataError=null]");
	}

	@Override
	public String toString() {
		return "state of " + this.found;
	}

}
