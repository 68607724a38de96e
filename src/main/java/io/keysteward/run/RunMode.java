package io.keysteward.run;

/**
 * What a run does to a source's keys.
 */
public enum RunMode {

	/** Says what would happen. */
	REPORT,

	/** Disables what is due. */
	DISABLE,

	/** No pass of the job: somebody switched keys on again. */
	RESTORE

}
