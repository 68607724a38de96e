package io.keysteward.source;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Switches single keys of a source off and on: one statement and one transaction each,
 * which compares before it sets. Every method ends in a {@link io.keysteward.key.Failure}
 * where nothing was changed, and in {@link UnknownOutcome} where that cannot be told.
 */
public interface KeySwitch {

	/**
	 * Checks that the source can do it: its statements fit its tables, its role has the
	 * right. Changes nothing.
	 */
	void probe();

	/**
	 * Switches a key off if it is still as it was read, and makes sure that it is off.
	 * @param order which key, and what it was like
	 * @param undo handed what {@link #restore} will need, before the change is committed:
	 * what it throws rolls the change back
	 * @return false: the key is not as it was read, and nothing was changed
	 */
	boolean disable(Order order, Consumer<Map<String, @Nullable String>> undo);

	/**
	 * Switches a key on again if nobody has touched it since it was switched off.
	 * @param order which key; its run is the one that disabled it
	 * @param undo what {@link #disable} handed over
	 * @param announce called before the change is committed: what it throws rolls the
	 * change back
	 * @return false: it is not as that run left it, and nothing was changed
	 */
	boolean restore(Order order, Map<String, @Nullable String> undo, Runnable announce);

	/**
	 * {@return whether {@link #restore} would switch the key on now: it is off, by that
	 * run, and untouched since}
	 */
	boolean disabledBy(Order order, Map<String, @Nullable String> undo);

	/**
	 * Which key, for which run.
	 *
	 * @param keyId its id within the source
	 * @param seen what it was like
	 * @param runId the run that disables it, or disabled it
	 * @param asOf that run's one instant
	 */
	record Order(String keyId, Seen seen, long runId, Instant asOf) {
	}

	/**
	 * What a key was like when it was read, as far as disabling it was decided by it.
	 * What is null was not there.
	 *
	 * @param createdAt when it was made: another key may have come under its id
	 * @param lastUsedAt its last use
	 * @param kind the source's word for its kind
	 * @param projectId where it belongs
	 * @param ownerId who answers for it
	 * @param ownerEmail their address
	 * @param ownerState {@code OK}, {@code DISABLED}, {@code MISSING}
	 */
	record Seen(@Nullable Instant createdAt, @Nullable Instant lastUsedAt, @Nullable String kind,
			@Nullable String projectId, @Nullable String ownerId, @Nullable String ownerEmail,
			@Nullable String ownerState) {
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
