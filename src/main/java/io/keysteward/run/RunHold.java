package io.keysteward.run;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A gate that was closed for a whole run, or for a whole source of it.
 *
 * @param gate the gate
 * @param source the source that it held; empty: all of them
 * @param detail why, in one sentence or more
 */
public record RunHold(Gate gate, String source, String detail) {

	/**
	 * {@return the names of the gates that held disabling, each once; empty: none did}
	 */
	public static String gatesOfDisabling(List<RunHold> holds) {
		return holds.stream()
			.filter((hold) -> !hold.ofWarnings())
			.map((hold) -> hold.gate().name())
			.distinct()
			.collect(Collectors.joining(", "));
	}

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
