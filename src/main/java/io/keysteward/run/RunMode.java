package io.keysteward.run;

/**
 * Whether a run may change a source.
 */
public enum RunMode {

	/** Says what would happen. */
	REPORT,

	/** Disables what is due. */
	DISABLE

}
