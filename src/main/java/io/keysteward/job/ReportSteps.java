package io.keysteward.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.keysteward.notice.mail.GovernanceMail;
import io.keysteward.notice.mail.GovernancePosts;
import io.keysteward.notice.mail.MailedReport;
import io.keysteward.report.OwnFiles;
import io.keysteward.report.ReportDirectory;
import io.keysteward.report.ReportFormat;
import io.keysteward.report.ReportFormats;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.ReportWriter;
import io.keysteward.report.WrittenReport;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.run.StoredReport;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Steps {@code writeReport} and {@code sendReport}: the reports, from what is stored, and
 * the mail that carries the workbook.
 */
@Component
public class ReportSteps {

	private static final Logger logger = LoggerFactory.getLogger(ReportSteps.class);

	/** Where reports go, unless somebody names a file. */
	public static final String DIRECTORY = "keysteward.report.directory";

	private static final String NO_MAIL = "No mail server is configured (spring.mail.host): nothing was mailed.";

	private final ReportWriter writer;

	private final ReportFormats formats;

	private final GovernanceMail mail;

	private final GovernancePosts posts;

	private final ReportSettings settings;

	private final Runs runs;

	private final RunJournal journal;

	ReportSteps(ReportWriter writer, ReportFormats formats, GovernanceMail mail, GovernancePosts posts,
			ReportSettings settings, Runs runs, RunJournal journal) {
		this.writer = writer;
		this.formats = formats;
		this.mail = mail;
		this.posts = posts;
		this.settings = settings;
		this.runs = runs;
		this.journal = journal;
	}

	/**
	 * Writes the run's reports, but for those that are stored, still there and still
	 * true.
	 */
	void write(Run run) {
		List<ReportFormat> missing = new ArrayList<>();
		for (ReportFormat format : this.formats.configured()) {
			Path wanted = place(run, format);
			if (run.report(format.word()).filter((stored) -> isThere(stored, wanted)).isPresent()) {
				logger.info("run {}: the {} is written already: {}", run.key(), format.title(), wanted);
			}
			else {
				missing.add(format);
			}
		}
		if (missing.isEmpty()) {
			return;
		}
		OwnFiles own = new OwnFiles(this.runs.reportHashes(run.id()));
		String wanted = name(run);
		String name = own.place(directory(), wanted, missing);
		Map<ReportFormat, Path> targets = new LinkedHashMap<>();
		missing.forEach((format) -> targets.put(format, directory().resolve(name + format.ending())));
		own.taken(directory(), wanted, missing)
			.ifPresent((taken) -> logger
				.warn("run {}: {} is there already and is not as this run wrote it: another installation's, or somebody"
						+ " has changed it; it stays, and the report is {}; give each installation a directory of its own"
						+ " (keysteward.report.directory)", run.key(), taken,
						String.join(", ", missing.stream().map((format) -> name + format.ending()).toList())));
		write(run, targets, own);
	}

	/**
	 * Writes a past run's report of one format again. Where the run's own is missing and
	 * this one takes its place, its SHA-256 is the run's from now on.
	 * @param run any run whose inventory is still kept
	 * @param target the file
	 * @param setting the property or option that names it
	 * @return what was written
	 */
	public WrittenReport writeAgain(Run run, ReportFormat format, Path target, String setting) {
		boolean own = run.report(format.word()).map(StoredReport::path).filter(target.toString()::equals).isPresent();
		if (own) {
			return write(run, Map.of(format, target), new OwnFiles(this.runs.reportHashes(run.id()))).get(0);
		}
		WrittenReport written = this.writer.write(run, remarks(), format, target, setting);
		log(run, written);
		return written;
	}

	private List<WrittenReport> write(Run run, Map<ReportFormat, Path> targets, OwnFiles own) {
		List<WrittenReport> written = this.writer.write(run, remarks(), targets, own,
				(hashes) -> this.journal.reporting(run.id(), hashes));
		written.forEach((report) -> log(run, report));
		this.journal.reported(run.id(),
				written.stream()
					.map((report) -> new StoredReport(report.format(), report.file().toString(), report.sha256()))
					.toList());
		return written;
	}

	private static void log(Run run, WrittenReport written) {
		logger.info("run {}: {} {} ({} kB), SHA-256 {}", run.key(), written.format(), written.file(),
				written.bytes() / 1024, written.sha256());
	}

	private static boolean isThere(StoredReport stored, Path wanted) {
		return stored.sha256() != null && wanted.toString().equals(stored.path()) && wanted.toFile().isFile();
	}

	/**
	 * {@return where reports go, absolute}
	 */
	public Path directory() {
		return Path.of(this.settings.directory()).toAbsolutePath().normalize();
	}

	/**
	 * {@return how many bytes the last complete run's reports take; 0: that is not known}
	 */
	public long lastSize() {
		return this.runs.lastComplete().map((run) -> run.reports().stream().mapToLong(this::size).sum()).orElse(0L);
	}

	private long size(StoredReport report) {
		return (report.path() != null) ? ReportDirectory.size(this.formats.find(report.format())
			.map((format) -> format.files(Path.of(report.path())))
			.orElse(List.of())) : 0;
	}

	/**
	 * {@return where a run's own report of a format is, or would be}
	 */
	public Path place(Run run, ReportFormat format) {
		return recorded(run, format).orElseGet(() -> directory().resolve(name(run) + format.ending()));
	}

	/**
	 * {@return where a run's own files may be, in whatever format}
	 * @param run the run, if it is stored
	 */
	Collection<Path> files(Optional<Run> run, String runKey, Instant asOf) {
		return this.formats.known()
			.stream()
			.flatMap((format) -> format
				.files(run.map((stored) -> place(stored, format))
					.orElseGet(() -> directory().resolve(name(runKey, asOf) + format.ending())))
				.stream())
			.toList();
	}

	/** Where one is recorded, if that is in the report directory. */
	private Optional<Path> recorded(Run run, ReportFormat format) {
		return run.report(format.word())
			.map(StoredReport::path)
			.map(Path::of)
			.filter((path) -> directory().equals(path.getParent()));
	}

	/** Reports of one run have one name, but for its ending. */
	private String name(Run run) {
		return this.formats.known()
			.stream()
			.flatMap((format) -> recorded(run, format).map((path) -> withoutEnding(path, format)).stream())
			.findFirst()
			.orElseGet(() -> name(run.key(), run.asOf()));
	}

	private static String withoutEnding(Path path, ReportFormat format) {
		String name = String.valueOf(path.getFileName());
		return name.endsWith(format.ending()) ? name.substring(0, name.length() - format.ending().length()) : name;
	}

	private static String name(String runKey, Instant asOf) {
		return "keysteward-" + Run.dated(runKey, asOf, "-");
	}

	/**
	 * Mails the report: the workbook, or where the others are if there is none. Channels
	 * get a message.
	 * @param notSentReason why owners could not be told yet; null: they were
	 */
	void send(Run run, @Nullable String notSentReason) {
		List<MailedReport> reports = this.formats.configured()
			.stream()
			.flatMap((format) -> run.report(format.word()).map((stored) -> mailed(format, stored)).stream())
			.toList();
		List<RunSource> sources = this.runs.sources(run.id());
		Failure failed = attempt(() -> mail(run, sources, reports, notSentReason));
		Failure alsoFailed = attempt(() -> this.posts.send(run, sources, reports, notSentReason));
		if (failed != null || alsoFailed != null) {
			throw (failed != null) ? failed : alsoFailed;
		}
	}

	/**
	 * Channels get the report although a mail server is down, and the other way round.
	 */
	private static @Nullable Failure attempt(Runnable sending) {
		try {
			sending.run();
			return null;
		}
		catch (Failure ex) {
			return ex;
		}
	}

	private void mail(Run run, List<RunSource> sources, List<MailedReport> reports, @Nullable String notSentReason) {
		GovernanceMail.Outcome outcome = this.mail.send(run, sources, reports, notSentReason);
		if (outcome == GovernanceMail.Outcome.ALREADY_SENT) {
			logger.info("run {}: the governance mail was sent before; it is not repeated", run.key());
		}
	}

	private MailedReport mailed(ReportFormat format, StoredReport stored) {
		return new MailedReport(format.word(), format.title(), format.equals(this.formats.usual()),
				Path.of(String.valueOf(stored.path())), String.valueOf(stored.sha256()));
	}

	private List<String> remarks() {
		List<String> remarks = new ArrayList<>();
		if (!this.mail.configured()) {
			remarks.add(NO_MAIL);
		}
		return remarks;
	}

}
