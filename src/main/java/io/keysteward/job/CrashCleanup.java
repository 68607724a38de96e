package io.keysteward.job;

import java.util.Optional;

import io.keysteward.report.ReportDirectory;
import io.keysteward.report.StaleFileCleaner;
import io.keysteward.run.Run;

import org.springframework.stereotype.Component;

/**
 * What processes that died have left outside of Spring Batch's tables. To be cleared
 * under the run's lock only.
 */
@Component
class CrashCleanup {

	private final StaleFileCleaner drafts;

	private final ReportSteps reporting;

	CrashCleanup(StaleFileCleaner drafts, ReportSteps reporting) {
		this.drafts = drafts;
		this.reporting = reporting;
	}

	/**
	 * Clears them up, where a report can be written at all.
	 * @param before the run as it was stored before, if it was; the caller holds its lock
	 */
	void clear(RunAttempt attempt, Optional<Run> before) {
		ReportDirectory.requireWritable(this.reporting.directory());
		this.drafts.remove(this.reporting.directory(), this.reporting.files(before, attempt.runKey(), attempt.asOf()));
	}

}
