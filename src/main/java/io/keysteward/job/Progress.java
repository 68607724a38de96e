package io.keysteward.job;

/**
 * Told how a run gets on, so that a person can be told. Called from several threads.
 */
public interface Progress {

	/** Says nothing to anybody. */
	Progress SILENT = new Progress() {
	};

	/**
	 * A step begins.
	 * @param step its name, as in the design
	 */
	default void step(String step) {
	}

	/**
	 * Rows of a source have been stored.
	 * @param source the source's id
	 * @param rows how many so far
	 * @param expected how many the last run read, or 0 where that is not known
	 */
	default void rows(String source, long rows, long expected) {
	}

}
