package io.keysteward.report.workbook;

import java.util.List;
import java.util.Map;

import io.keysteward.insight.DisableRows;
import io.keysteward.insight.KeyRows;
import io.keysteward.insight.RunChanges;
import io.keysteward.insight.RunView;
import io.keysteward.report.AtomicFiles;
import io.keysteward.report.OwnFiles;

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
record SheetContext(WorkbookBuilder book, RunView stored, Map<KeyRows, Long> counts, RunChanges changes,
		DisableRows actions, List<String> remarks, AtomicFiles drafts, boolean inventoryBeside) {

	long count(KeyRows rows) {
		return this.counts.getOrDefault(rows, 0L);
	}

	String inventoryFile() {
		return OwnFiles.inventoryBeside(this.drafts.name());
	}

}
