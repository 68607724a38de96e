package io.keysteward.report;

import java.nio.file.Path;

/**
 * A report while it is written.
 *
 * @param files all files that get their names together with it
 * @param target where it will be
 */
public record ReportFile(AtomicFiles files, Path target) {

	/**
	 * {@return the report's own name}
	 */
	public String name() {
		return String.valueOf(this.target.getFileName());
	}

	/**
	 * {@return the temporary file that will be the report}
	 */
	public Path draft() {
		return this.files.draft(this.target);
	}

	/**
	 * {@return the temporary file that will be a file beside the report}
	 */
	public Path companion(String name) {
		return this.files.draft(this.target.resolveSibling(name));
	}

}
