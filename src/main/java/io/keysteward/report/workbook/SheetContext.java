package io.keysteward.report.workbook;

import io.keysteward.report.RunContent;

/**
 * What a sheet has at hand while a workbook is written.
 *
 * @param book the workbook
 * @param content what there is to report
 * @param name the workbook's own name
 * @param inventoryBeside whether the inventory is a CSV file beside the workbook
 */
record SheetContext(WorkbookBuilder book, RunContent content, String name, boolean inventoryBeside) {

	String inventoryFile() {
		return InventoryCsv.companion(this.name);
	}

}
