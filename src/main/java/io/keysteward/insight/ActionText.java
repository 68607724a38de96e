package io.keysteward.insight;

import org.jspecify.annotations.Nullable;

/**
 * Words on what becomes of a key that are read in more than one place.
 */
final class ActionText {

	/** Every gate is open, and the run was not to disable. */
	static final String WOULD_DISABLE = "would be disabled: run with --disable";

	/** It was due, and neither is an outcome recorded nor that there was none. */
	static final String NOT_KNOWN = "what became of it is not known yet";

	/** Something is not as it should be, and nobody has written down why. */
	static final String NO_REASON = "no reason is recorded";

	private ActionText() {
	}

	/**
	 * {@return the reasons of a plan as one text}
	 * @param detail a line for each closed gate
	 */
	static @Nullable String reasons(@Nullable String detail) {
		return (detail != null) ? detail.replace('\n', ' ') : null;
	}

	/**
	 * {@return from when a key may be disabled}
	 * @param time the day or the minute
	 * @param approvalMissing whether somebody has to decide it first
	 */
	static String dueFrom(String time, boolean approvalMissing) {
		return "due from " + time + " if unused" + (approvalMissing ? " and approved" : "");
	}

}
