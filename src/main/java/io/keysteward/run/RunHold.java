package io.keysteward.run;

/**
 * A gate that was closed for a whole run, or for a whole source of it.
 *
 * @param gate the gate
 * @param source the source that it held; empty: all of them
 * @param detail why, in one sentence or more
 */
public record RunHold(Gate gate, String source, String detail) {

	/**
	 * {@return whether it holds warnings to owners, and no disabling}
	 */
	public boolean ofWarnings() {
		return this.gate == Gate.WARNINGS;
	}

	/**
	 * {@return the hold in words}
	 */
	public String sentence() {
		if (ofWarnings()) {
			return "No owner was warned (WARNINGS): " + this.detail;
		}
		return (this.source.isEmpty() ? "The whole run" : "Source '" + this.source + "'") + " is held by " + this.gate
				+ ": " + this.detail;
	}

}
