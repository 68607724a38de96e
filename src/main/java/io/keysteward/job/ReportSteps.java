package io.keysteward.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.notice.mail.GovernanceMail;
import io.keysteward.report.OwnFiles;
import io.keysteward.report.ReportDirectory;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.WrittenReport;
import io.keysteward.report.workbook.Workbook;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.Runs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Steps {@code writeReport} and {@code sendReport}: the workbook, from what is stored,
 * and the mail that carries it.
 */
@Component
public class ReportSteps {

	private static final Logger logger = LoggerFactory.getLogger(ReportSteps.class);

	/** Where workbooks go, unless somebody names a file. */
	public static final String DIRECTORY = "keysteward.report.directory";

	private static final String NO_MAIL = "No mail server is configured (spring.mail.host): nothing was mailed.";

	private final Workbook workbook;

	private final GovernanceMail mail;

	private final ReportSettings settings;

	private final Runs runs;

	private final RunJournal journal;

	ReportSteps(Workbook workbook, GovernanceMail mail, ReportSettings settings, Runs runs, RunJournal journal) {
		this.workbook = workbook;
		this.mail = mail;
		this.settings = settings;
		this.runs = runs;
		this.journal = journal;
	}

	/**
	 * Writes the workbook, unless the one that is stored is still there and still true.
	 */
	void write(Run run) {
		Path wanted = workbook(run);
		if (run.reportSha256() != null && wanted.toString().equals(run.reportPath()) && wanted.toFile().isFile()) {
			logger.info("run {}: the workbook is written already: {}", run.key(), wanted);
			return;
		}
		OwnFiles own = new OwnFiles(this.runs.reportHashes(run.id()));
		Path target = own.place(wanted);
		if (!target.equals(wanted)) {
			logger
				.warn("run {}: {} is there already and is not as this run wrote it: another installation's, or somebody"
						+ " has changed it; it stays, and the report is {}; give each installation a directory of its own"
						+ " (keysteward.report.directory)", run.key(), wanted, target.getFileName());
		}
		write(run, target, own);
	}

	/**
	 * Writes a past run's workbook again. Where the run's own is missing and this one
	 * takes its place, its SHA-256 is the run's from now on.
	 * @param run any run whose inventory is still kept
	 * @param target the file
	 * @param setting the property or option that names it
	 * @return what was written
	 */
	public WrittenReport writeAgain(Run run, Path target, String setting) {
		return target.toString().equals(run.reportPath())
				? write(run, target, new OwnFiles(this.runs.reportHashes(run.id())))
				: said(run, this.workbook.write(run, remarks(), target, setting));
	}

	private WrittenReport write(Run run, Path target, OwnFiles own) {
		WrittenReport written = said(run,
				this.workbook.write(run, remarks(), target, own, (hashes) -> this.journal.reporting(run.id(), hashes)));
		this.journal.reported(run.id(), target.toString(), written.sha256());
		return written;
	}

	private static WrittenReport said(Run run, WrittenReport written) {
		logger.info("run {}: workbook {} ({} kB), SHA-256 {}", run.key(), written.file(), written.bytes() / 1024,
				written.sha256());
		return written;
	}

	/**
	 * {@return where workbooks go, absolute}
	 */
	public Path directory() {
		return Path.of((this.settings.directory() != null) ? this.settings.directory() : "reports")
			.toAbsolutePath()
			.normalize();
	}

	/**
	 * {@return how many bytes the last complete run's report takes; 0: that is not known}
	 */
	public long lastSize() {
		return this.runs.lastComplete()
			.map((run) -> (run.reportPath() != null) ? ReportDirectory.size(Path.of(run.reportPath())) : 0L)
			.orElse(0L);
	}

	/**
	 * {@return a run's own workbook: where it is recorded, if that is in the report
	 * directory}
	 */
	public Path workbook(Run run) {
		Path recorded = (run.reportPath() != null) ? Path.of(run.reportPath()) : null;
		return (recorded != null && directory().equals(recorded.getParent())) ? recorded
				: workbook(run.key(), run.asOf());
	}

	/**
	 * {@return the same of a run that is not stored yet}
	 */
	Path workbook(String runKey, Instant asOf) {
		return directory().resolve("keysteward-" + Run.dated(runKey, asOf, "-") + ".xlsx");
	}

	/**
	 * Mails the report.
	 * @param untold why owners could not be told yet; null: they were
	 */
	void send(Run run, @Nullable String untold) {
		Path file = Path.of(String.valueOf(run.reportPath()));
		GovernanceMail.Outcome outcome = this.mail.send(run, this.runs.sources(run.id()), file,
				String.valueOf(run.reportSha256()), untold);
		if (outcome == GovernanceMail.Outcome.ALREADY_SENT) {
			logger.info("run {}: the governance mail was sent before; it is not repeated", run.key());
		}
	}

	private List<String> remarks() {
		List<String> remarks = new ArrayList<>();
		if (!this.mail.configured()) {
			remarks.add(NO_MAIL);
		}
		return remarks;
	}

}
