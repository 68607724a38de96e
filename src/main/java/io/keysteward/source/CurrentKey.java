package io.keysteward.source;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import org.jspecify.annotations.Nullable;

/**
 * A key that is to be switched, or was, as its source shows it now.
 *
 * @param key the key; null: it is not shown
 * @param isPast whether a time has passed by the source's clock
 */
public record CurrentKey(@Nullable KeyRecord key, Predicate<Instant> isPast) {

	/** By these a system shows whether a key is on. */
	public static final Set<KeyColumn> SWITCHES = Set.of(KeyColumn.STATUS, KeyColumn.EXPIRES_AT);

	/**
	 * {@return whether it is off or not shown; a key past its expiry is off, as in the
	 * inventory}
	 */
	public boolean isOff() {
		KeyRecord shown = this.key;
		if (shown == null || shown.status() == KeyStatus.DISABLED || shown.status() == KeyStatus.EXPIRED) {
			return true;
		}
		Instant end = shown.expiresAt();
		return end != null && shown.dataError() == null && this.isPast.test(end);
	}

	/**
	 * {@return whether it is switched on, even if it has expired by itself}
	 */
	public boolean isSwitchedOn() {
		return this.key != null && this.key.status() != null && this.key.status() != KeyStatus.DISABLED;
	}

	/**
	 * {@return the difference from the key as it was read, in words; null: none}
	 */
	public @Nullable String differenceFrom(KeyRecord read) {
		String difference = Difference.since(read, this.key);
		if (difference == null && isOff()) {
			return "expires_at " + read.expiresAt() + " has passed since";
		}
		return difference;
	}

}
