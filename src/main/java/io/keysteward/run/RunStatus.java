package io.keysteward.run;

/**
 * How a run stands, and what can be done about it.
 */
public enum RunStatus {

	/** Under way, or ended without a word; starting it again continues it. */
	RUNNING,

	/** Done; never done again. */
	COMPLETE,

	/** Something failed; starting it again continues it. */
	FAILED,

	/** Stopped on request; starting it again continues it. */
	STOPPED,

	/** What it judged counts no more; the next run follows the one before it. */
	SET_ASIDE

}
