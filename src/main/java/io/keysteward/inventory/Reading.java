package io.keysteward.inventory;

/**
 * One reading of a source.
 *
 * @param runId the run that reads
 * @param source the source's id
 * @param number the reading's number; a later one has a higher one
 * @param whole whether it has all keys; if not, it is stored by itself
 */
public record Reading(long runId, String source, int number, boolean whole) {

	/**
	 * {@return the number under which its rows are stored: below 0 for a part of the
	 * keys, so that they are no rows of any reading of all keys}
	 */
	public int stored() {
		return this.whole ? this.number : -this.number;
	}

}
