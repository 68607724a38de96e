package io.keysteward.report;

import java.util.List;

/**
 * What a sheet has at hand while a workbook is written.
 *
 * @param book the workbook
 * @param stored what the run has stored
 * @param changes the run's changes against its baseline
 * @param actions what the run decided and did about disabling
 * @param remarks lines for the Summary
 * @param drafts the files that are being written
 * @param inventoryBeside whether the inventory is a CSV file beside the workbook
 */
record Report(Book book, StoredRun stored, Changes changes, Actions actions, List<String> remarks, Drafts drafts,
		boolean inventoryBeside) {

	String inventoryFile() {
		return InventoryCsv.nameBeside(this.drafts.name());
	}

}
