package io.keysteward.report.workbook;

import io.keysteward.report.RunContent;

/**
 * What a sheet needs while a workbook is written.
 *
 * @param book the workbook
 * @param content the content of the report
 * @param name the workbook's file name
 * @param keyList where the list of all keys is
 */
record SheetContext(WorkbookBuilder book, RunContent content, String name, KeyList keyList) {

	String inventoryFile() {
		return InventoryCsv.companion(this.name);
	}

}
