package io.keysteward.source;

import java.time.Instant;
import java.util.function.Consumer;

import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Switches single keys of a source off and on, one transaction each: it reads the key
 * again, changes it, checks the result, and rehearses the undo before the commit. Every
 * method throws a {@link io.keysteward.text.Failure} if nothing was changed, and
 * {@link UnknownOutcome} if that is not known.
 */
public interface KeySwitch {

	/**
	 * Checks what needs no key: the statements fit the tables, and the role has the
	 * rights. Changes nothing.
	 */
	void probe();

	/**
	 * Does everything that {@link #disable} does, and rolls it back.
	 * @param order the key as it was read, and the run
	 * @return the difference from the reading, in words; null: the rehearsal succeeded
	 */
	@Nullable String rehearse(Order order);

	/**
	 * {@return what {@link #rehearse} has done where it found nothing wrong, in words}
	 */
	default String rehearsed() {
		return "disabled, restored, rolled back";
	}

	/**
	 * Switches a key off if it is still as it was read, and makes sure that it is off,
	 * that nothing else was changed, and that it can be switched on again.
	 * @param order which key, and what it was like
	 * @param undo handed what {@link #restore} will need, before the change is committed:
	 * what it throws rolls the change back. A system without transactions may hand over
	 * once more what is known only afterwards: the last counts
	 * @return what is not as it was read, in words, and nothing was changed; null: the
	 * key is off
	 */
	@Nullable String disable(Order order, Consumer<String> undo);

	/**
	 * Switches a key on again if nobody has touched it since it was switched off.
	 * @param undo what {@link #disable} returned for the undo
	 * @param announce gets what {@link #fate} needs, before the commit; an exception
	 * rolls the change back
	 * @return false: somebody has changed the key since, so nothing was changed
	 */
	boolean restore(Undo undo, Consumer<String> announce);

	/**
	 * {@return the fate of a change that was about to be committed}
	 * @param handedOver what {@link #disable} or {@link #restore} passed to its consumer
	 * @throws io.keysteward.text.Failure where the change is still under way
	 */
	Fate fate(String handedOver);

	/**
	 * {@return whether the source shows the key, and it is on}
	 * @param keyId the key's id within the source
	 */
	boolean isOn(String keyId);

	/**
	 * {@return whether {@link #restore} would switch the key on now: that run disabled
	 * it, and nobody has touched it since}
	 */
	boolean disabledBy(Undo undo);

	/**
	 * An order to switch a key off for a run.
	 *
	 * @param key the key as the run read it
	 * @param runId the run
	 * @param asOf that run's one instant
	 */
	record Order(KeyRecord key, long runId, Instant asOf) {
	}

	/**
	 * What undoes a change.
	 *
	 * @param keyId the key's id within the source
	 * @param runId the run that disabled it
	 * @param asOf that run's one instant
	 * @param values what {@link #disable} passed to its consumer, a JSON object; null:
	 * nothing
	 */
	record Undo(String keyId, long runId, Instant asOf, @Nullable String values) {
	}

	/**
	 * The fate of a change.
	 */
	enum Fate {

		/** It was committed; the key may have been changed since. */
		COMMITTED,

		/** It was not committed, and never will be. */
		ROLLED_BACK,

		/** The source does not know. */
		UNKNOWN

	}

	/**
	 * The commit was sent, and its confirmation did not arrive: only the source knows the
	 * outcome.
	 */
	final class UnknownOutcome extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public UnknownOutcome(String line, Throwable cause) {
			super(line, cause);
		}

	}

}
