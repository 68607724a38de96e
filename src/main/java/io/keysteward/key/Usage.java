package io.keysteward.key;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a key's use. Unknown is never idle.
 *
 * @param state which of the three cases
 * @param lastUsedAt the last use, in {@link State#USED} always and else never
 */
public record Usage(State state, @Nullable Instant lastUsedAt) {

	/** No use since use is being recorded. */
	public static final Usage NEVER_USED = new Usage(State.NEVER_USED, null);

	/** Use is not recorded, or was not when it mattered. */
	public static final Usage UNKNOWN = new Usage(State.UNKNOWN, null);

	public Usage {
		if ((state == State.USED) != (lastUsedAt != null)) {
			throw new IllegalArgumentException("A last use belongs to USED and to nothing else: " + state);
		}
	}

	public static Usage used(Instant at) {
		return new Usage(State.USED, at);
	}

	/** The three cases, named as they are stored. */
	public enum State {

		/** Used at a known instant. */
		USED,

		/** Not used since use is being recorded. */
		NEVER_USED,

		/** Nothing is known, and so nothing is concluded. */
		UNKNOWN

	}

}
