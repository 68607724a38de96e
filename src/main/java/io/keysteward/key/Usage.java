package io.keysteward.key;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A key's known use. Unknown use is never idle.
 *
 * @param state one of the three cases
 * @param lastUsedAt the last use; set if and only if the state is {@link State#USED}
 */
public record Usage(State state, @Nullable Instant lastUsedAt) {

	/** No use since recording began. */
	public static final Usage NEVER_USED = new Usage(State.NEVER_USED, null);

	/** Use is not recorded, or was not at the relevant time. */
	public static final Usage UNKNOWN = new Usage(State.UNKNOWN, null);

	public Usage {
		if ((state == State.USED) != (lastUsedAt != null)) {
			throw new IllegalArgumentException("A last use belongs to USED and to nothing else: " + state);
		}
	}

	public static Usage used(Instant at) {
		return new Usage(State.USED, at);
	}

	/** The three cases, by their stored names. */
	public enum State {

		/** Used at a known instant. */
		USED,

		/** Not used since recording began. */
		NEVER_USED,

		/** Not known, so nothing follows. */
		UNKNOWN

	}

}
