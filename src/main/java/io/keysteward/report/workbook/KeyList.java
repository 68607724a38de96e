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
	NOWHERE;

	static KeyList of(RunContent content, ReportSettings settings) {
		if (content.keys() <= settings.maxInventoryRows()) {
			return SHEET;
		}
		return settings.inventoryCsv() ? FILE : NOWHERE;
	}

}
