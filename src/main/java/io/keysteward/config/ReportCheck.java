package io.keysteward.config;

import java.nio.file.Files;
import java.nio.file.Path;

import io.keysteward.job.ReportSteps;
import io.keysteward.report.ReportDirectory;
import io.keysteward.report.workbook.WorkbookSelfTest;

/**
 * A report can be written, and there is room for it.
 */
final class ReportCheck implements ReadinessCheck {

	private final ReportSteps reporting;

	ReportCheck(ReportSteps reporting) {
		this.reporting = reporting;
	}

	@Override
	public String check(Trial trial) {
		Path directory = this.reporting.directory();
		ReportDirectory.requireReport(directory, WorkbookSelfTest::write);
		if (trial.hasTables()) {
			ReportDirectory.room(directory, this.reporting.lastSize())
				.ifPresent((line) -> trial.warned("report directory", line));
		}
		return directory + (Files.exists(directory) ? "" : " (will be created)");
	}

}
