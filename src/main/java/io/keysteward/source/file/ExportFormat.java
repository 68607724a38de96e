package io.keysteward.source.file;

import java.util.Locale;

/**
 * The format of an export.
 */
enum ExportFormat {

	/** Lines of fields between commas, semicolons or tabs. */
	CSV,

	/** Lines of fields between tabs. */
	TSV,

	/** A workbook. */
	XLSX,

	/** A list of objects within a document. */
	JSON,

	/** An object in each line. */
	JSONL;

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
