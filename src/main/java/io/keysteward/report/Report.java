package io.keysteward.report;

import java.util.List;
import java.util.Map;

/**
 * What a sheet has at hand while a workbook is written.
 *
 * @param book the workbook
 * @param stored what the run has stored
 * @param counts how many keys are stored
 * @param changes the run's changes against its baseline
 * @param actions what the run decided and did about disabling
 * @param remarks lines for the Summary
 * @param drafts the files that are being written
 * @param inventoryBeside whether the inventory is a CSV file beside the workbook
 */
record Report(Book book, StoredRun stored, Map<KeyRows, Long> counts, Changes changes, Actions actions,
		List<String> remarks, Drafts drafts, boolean inventoryBeside) {

	long count(KeyRows rows) {
		return this.counts.getOrDefault(rows, 0L);
	}

	String inventoryFile() {
		return InventoryCsv.nameBeside(this.drafts.name());
	}

}
