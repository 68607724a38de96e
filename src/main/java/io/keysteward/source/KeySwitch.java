package io.keysteward.source;

import java.time.Instant;
import java.util.function.Consumer;

import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Switches single keys of a source off and on, one transaction each: it reads the key
 * again, changes it, reads what came of it, and takes it back once before it leaves it
 * so. Every method ends in a {@link io.keysteward.text.Failure} where nothing was
 * changed, and in {@link UnknownOutcome} where that cannot be told.
 */
public interface KeySwitch {

	/**
	 * Checks what can be checked without a key: the statements fit the tables, and the
	 * role has the right. Changes nothing.
	 */
	void probe();

	/**
	 * Does all that {@link #disable} does, and rolls it back.
	 * @param order which key, and what it was like
	 * @return what is not as it was read, in words; null: the key was switched off and on
	 */
	@Nullable String rehearse(Order order);

	/**
	 * Switches a key off if it is still as it was read, and makes sure that it is off,
	 * that nothing else was changed, and that it can be switched on again.
	 * @param order which key, and what it was like
	 * @param undo handed what {@link #restore} will need, before the change is committed:
	 * what it throws rolls the change back
	 * @return what is not as it was read, in words, and nothing was changed; null: the
	 * key is off
	 */
	@Nullable String disable(Order order, Consumer<String> undo);

	/**
	 * Switches a key on again if nobody has touched it since it was switched off.
	 * @param undo what {@link #disable} has left
	 * @param announce handed what {@link #fate} will need, before the change is
	 * committed: what it throws rolls the change back
	 * @return false: it is not as that run left it, and nothing was changed
	 */
	boolean restore(Undo undo, Consumer<String> announce);

	/**
	 * {@return what became of a change that was to be committed}
	 * @param handedOver what {@link #disable} or {@link #restore} handed over before
	 * @throws io.keysteward.text.Failure where the change is still under way
	 */
	Fate fate(String handedOver);

	/**
	 * {@return whether the key is shown and on}
	 * @param keyId the key's id within the source
	 */
	boolean isOn(String keyId);

	/**
	 * {@return whether {@link #restore} would switch the key on now: it is off, by that
	 * run, and untouched since}
	 */
	boolean disabledBy(Undo undo);

	/**
	 * Which key is to be switched off, for which run.
	 *
	 * @param key the key as the run read it
	 * @param runId the run
	 * @param asOf that run's one instant
	 */
	record Order(KeyRecord key, long runId, Instant asOf) {
	}

	/**
	 * What takes a change back.
	 *
	 * @param keyId the key's id within the source
	 * @param runId the run that disabled it
	 * @param asOf that run's one instant
	 * @param values what {@link #disable} handed over, a JSON object; null: nothing
	 */
	record Undo(String keyId, long runId, Instant asOf, @Nullable String values) {
	}

	/**
	 * What became of a change.
	 */
	enum Fate {

		/** It was made; what was done to the key since is another matter. */
		COMMITTED,

		/** It was not made, and never will be. */
		ROLLED_BACK,

		/** The source does not know. */
		UNKNOWN

	}

	/**
	 * The change was sent, and its confirmation did not arrive: only the source knows.
	 */
	final class UnknownOutcome extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public UnknownOutcome(String line, Throwable cause) {
			super(line, cause);
		}

	}

}
