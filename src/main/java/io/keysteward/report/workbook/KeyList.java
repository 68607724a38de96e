package io.keysteward.report.workbook;

import io.keysteward.report.ReportSettings;
import io.keysteward.report.RunContent;

/**
 * Where the list of all keys is.
 */
enum KeyList {

	/** A sheet. */
	SHEET,

	/** A CSV file beside the workbook. */
	FILE,

	/** Nowhere, since nobody opens a gigabyte each morning; a command writes it. */
	NOWHERE,

	/** Not all keys are kept. */
	NOT_KEPT;

	static KeyList of(RunContent content, ReportSettings settings) {
		if (!content.keepsAllKeys()) {
			return NOT_KEPT;
		}
		if (content.keys() <= settings.maxInventoryRows()) {
			return SHEET;
		}
		return settings.inventoryCsv() ? FILE : NOWHERE;
	}

}
