package io.keysteward.disabling;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * What became of disabling a real key of a source and taking it back, all in one
 * transaction that is rolled back: what cannot work is known before an owner is warned.
 *
 * @param key the key with which it was walked, or tried last; null: there is none
 * @param changed what was not as it was read, of each key that was tried; null: it came
 * to more than that
 * @param failure why it cannot work; null: it works as far as is known
 */
public record Rehearsal(@Nullable KeyId key, @Nullable String changed, @Nullable Failure failure) {

	/** So many keys may be locked or changing at that moment. */
	public static final int KEYS = 3;

	/**
	 * {@return what became of it}
	 * @param keys keys that may be disabled as far as their kind goes, best first
	 * @param runId the run that would do it
	 * @param asOf its one instant
	 */
	public static Rehearsal of(KeySource source, List<KeyRecord> keys, long runId, Instant asOf) {
		try {
			KeySwitch keySwitch = source.keySwitch(Set.of());
			keySwitch.probe();
			Rehearsal last = new Rehearsal(null, null, null);
			for (KeyRecord key : keys) {
				last = of(keySwitch, new KeySwitch.Order(key, runId, asOf));
				if (last.changed == null && !last.passes()) {
					return last;
				}
			}
			return last;
		}
		catch (Failure failure) {
			return new Rehearsal(null, null, failure);
		}
	}

	private static Rehearsal of(KeySwitch keySwitch, KeySwitch.Order order) {
		KeyId key = order.key().id();
		try {
			return new Rehearsal(key, keySwitch.rehearse(order), null);
		}
		catch (Failure failure) {
			return new Rehearsal(key, null, failure);
		}
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
		if (this.key == null) {
			return "nothing could be rehearsed: it has no active key that may be disabled";
		}
		String id = SafeText.visible(this.key.id());
		return (this.changed != null) ? "nothing could be rehearsed: no key is as it was read a moment ago, such as "
				+ id + ": " + this.changed : "rehearsed with key " + id + ": disabled, restored, rolled back";
	}

}
