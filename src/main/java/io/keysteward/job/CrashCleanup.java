package io.keysteward.job;

import java.util.Optional;

import io.keysteward.inventory.Inventories;
import io.keysteward.report.ReportDirectory;
import io.keysteward.report.StaleFileCleaner;
import io.keysteward.run.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * What processes that died have left outside of Spring Batch's tables. To be cleared
 * under the run's lock only.
 */
@Component
class CrashCleanup {

	private static final Logger logger = LoggerFactory.getLogger(CrashCleanup.class);

	private final Inventories inventories;

	private final StaleFileCleaner drafts;

	private final ReportSteps reporting;

	CrashCleanup(Inventories inventories, StaleFileCleaner drafts, ReportSteps reporting) {
		this.inventories = inventories;
		this.drafts = drafts;
		this.reporting = reporting;
	}

	/**
	 * Clears them up, where a report can be written at all.
	 * @param before the run as it was stored before, if it was; the caller holds its lock
	 */
	void clear(RunAttempt attempt, Optional<Run> before) {
		ReportDirectory.requireWritable(this.reporting.directory());
		this.inventories.dropStray()
			.forEach((id) -> logger.warn("an inventory without a run (run id {}) was left; it is dropped", id));
		this.drafts.remove(this.reporting.directory(), this.reporting.files(before, attempt.runKey(), attempt.asOf()));
	}

}
