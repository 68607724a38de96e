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
 * The result of disabling and restoring a real key of a source in a transaction that is
 * rolled back: a fault shows before an owner is warned.
 *
 * @param key the key with which it was walked, or tried last; null: there is none
 * @param changed what was not as it was read, of each key that was tried; null: it came
 * to more than that
 * @param failure why it cannot work; null: it works as far as is known
 * @param done what was done with the key, in words
 */
public record Rehearsal(@Nullable KeyId key, @Nullable String changed, @Nullable Failure failure, String done) {

	/** Some keys may be locked or changing at that moment, so several are tried. */
	public static final int KEYS = 3;

	/**
	 * {@return the result}
	 * @param keys keys whose kind may be disabled, the best first
	 * @param runId the run that would disable them
	 * @param asOf the run's one instant
	 */
	public static Rehearsal perform(KeySource source, List<KeyRecord> keys, long runId, Instant asOf) {
		try {
			KeySwitch keySwitch = source.keySwitch(Set.of());
			keySwitch.probe();
			Rehearsal last = new Rehearsal(null, null, null, "");
			for (KeyRecord key : keys) {
				last = attempt(keySwitch, new KeySwitch.Order(key, runId, asOf));
				if (last.changed == null && !last.isTransient()) {
					return last;
				}
			}
			return last;
		}
		catch (Failure failure) {
			return new Rehearsal(null, null, failure, "");
		}
	}

	private static Rehearsal attempt(KeySwitch keySwitch, KeySwitch.Order order) {
		KeyId key = order.key().id();
		try {
			return new Rehearsal(key, keySwitch.rehearse(order), null, keySwitch.rehearsed());
		}
		catch (Failure failure) {
			return new Rehearsal(key, null, failure, "");
		}
	}

	/**
	 * {@return whether trying again may help}
	 */
	public boolean isTransient() {
		return this.failure != null && this.failure.kind() == Failure.Kind.RETRY;
	}

	/**
	 * {@return the result in words}
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
				+ id + ": " + this.changed : "rehearsed with key " + id + ": " + this.done;
	}

}
