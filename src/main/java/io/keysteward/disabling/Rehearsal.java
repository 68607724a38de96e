package io.keysteward.disabling;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.keysteward.key.Failure;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.Visible;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import org.jspecify.annotations.Nullable;

/**
 * What became of disabling a real key of a source and taking it back, all in one
 * transaction that is rolled back: what cannot work is known before an owner is warned.
 *
 * @param key the key with which it was walked; null: with none
 * @param failure why it cannot work; null: it works as far as is known
 */
public record Rehearsal(@Nullable KeyId key, @Nullable Failure failure) {

	/** So many keys may be locked or changing at that moment. */
	public static final int KEYS = 3;

	/**
	 * {@return what became of it}
	 * @param keys keys that may be disabled as far as their kind goes, best first
	 * @param runId the run that would do it
	 * @param asOf its one instant
	 */
	public static Rehearsal of(KeySource source, List<KeyRecord> keys, long runId, Instant asOf) {
		Failure locked = null;
		try {
			KeySwitch keySwitch = source.keySwitch(Set.of());
			keySwitch.probe();
			for (KeyRecord key : keys) {
				try {
					if (keySwitch.rehearse(new KeySwitch.Order(key, runId, asOf)) == null) {
						return new Rehearsal(key.id(), null);
					}
				}
				catch (Failure failure) {
					if (failure.kind() != Failure.Kind.RETRY) {
						return new Rehearsal(key.id(), failure);
					}
					locked = failure;
				}
			}
		}
		catch (Failure failure) {
			return new Rehearsal(null, failure);
		}
		return new Rehearsal(null, locked);
	}

	/**
	 * {@return whether trying again may help}
	 */
	public boolean passes() {
		return this.failure != null && this.failure.kind() == Failure.Kind.RETRY;
	}

	/**
	 * {@return what was done, in words}
	 */
	public String words() {
		if (this.failure != null) {
			return this.failure.line();
		}
		return (this.key != null)
				? "rehearsed with key " + Visible.text(this.key.id()) + ": disabled, restored, rolled back"
				: "nothing could be rehearsed: it has no active key that may be disabled";
	}

}
