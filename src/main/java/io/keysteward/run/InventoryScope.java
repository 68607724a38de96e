package io.keysteward.run;

/**
 * Which of the keys that a run has read are stored.
 */
public enum InventoryScope {

	/** All of them. */
	ALL,

	/**
	 * Those that are flagged, those with data errors, and those of which the register has
	 * something already; the others are counted.
	 */
	FLAGGED

}
