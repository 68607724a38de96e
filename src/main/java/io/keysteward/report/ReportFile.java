package io.keysteward.report;

import java.nio.file.Path;

/**
 * A report that is being written.
 *
 * @param files all files that are renamed together with it
 * @param target its final path
 */
public record ReportFile(AtomicFiles files, Path target) {

	/**
	 * {@return the report's own name}
	 */
	public String name() {
		return String.valueOf(this.target.getFileName());
	}

	/**
	 * {@return the report's temporary file}
	 */
	public Path draft() {
		return this.files.draft(this.target);
	}

	/**
	 * {@return the temporary file of a companion of the report}
	 */
	public Path companion(String name) {
		return this.files.draft(this.target.resolveSibling(name));
	}

}
