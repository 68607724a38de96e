package io.keysteward.config;

import java.nio.file.Files;
import java.nio.file.Path;

import io.keysteward.job.ReportSteps;
import io.keysteward.report.ReportDirectory;
import io.keysteward.report.ReportFormats;

/**
 * A report can be written, and there is room for it.
 */
final class ReportCheck implements ReadinessCheck {

	private final ReportSteps reporting;

	private final ReportFormats formats;

	ReportCheck(ReportSteps reporting, ReportFormats formats) {
		this.reporting = reporting;
		this.formats = formats;
	}

	@Override
	public String check(Trial trial) {
		Path directory = this.reporting.directory();
		this.formats.configured().forEach((format) -> ReportDirectory.requireReport(directory, format));
		if (trial.hasTables()) {
			ReportDirectory.room(directory, this.reporting.lastSize())
				.ifPresent((line) -> trial.warned("report directory", line));
		}
		return directory + (Files.exists(directory) ? "" : " (will be created)");
	}

}
