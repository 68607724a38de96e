package io.keysteward.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.keysteward.run.KeptReport;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.Runs;
import io.keysteward.text.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Removes old reports: only files that a run of this database has written to the report
 * directory and nobody has changed since.
 */
@Component
public class OldReports {

	private static final Logger logger = LoggerFactory.getLogger(OldReports.class);

	private final Runs runs;

	private final RunJournal journal;

	private final ReportSettings settings;

	private final ReportFormats formats;

	OldReports(Runs runs, RunJournal journal, ReportSettings settings, ReportFormats formats) {
		this.runs = runs;
		this.journal = journal;
		this.settings = settings;
		this.formats = formats;
	}

	/**
	 * Removes them, and logs their number.
	 * @param directory the report directory; absolute
	 * @param current the run that is about to complete, whose report stays
	 */
	public void remove(Path directory, Run current) {
		Duration kept = this.settings.kept();
		if (kept == null) {
			return;
		}
		int removed = 0;
		long bytes = 0;
		for (KeptReport report : this.runs.reportsBefore(kept, current.id())) {
			long size = remove(directory, report);
			if (size > 0) {
				this.journal.reportRemoved(report.runId(), report.format());
				removed++;
				bytes += size;
			}
		}
		if (removed > 0) {
			logger.info("run {}: {} of more than {} days ago removed ({} MB; keysteward.report.keep)", current.key(),
					Plural.of(removed, "report"), kept.toDays(), (bytes + 500_000) / 1_000_000);
		}
	}

	/** Returns the number of freed bytes; a report that is not ours stays. */
	private long remove(Path directory, KeptReport report) {
		Path file = Path.of(report.path());
		OwnFiles own = new OwnFiles(report.hashes());
		try {
			if (!directory.equals(file.getParent()) || !own.contains(file)) {
				return 0;
			}
			long bytes = 0;
			for (Path companion : this.formats.find(report.format())
				.map((format) -> format.files(file))
				.orElse(List.of())) {
				bytes += (!companion.equals(file) && own.contains(companion)) ? delete(companion) : 0;
			}
			return bytes + delete(file);
		}
		catch (IOException | UncheckedIOException ex) {
			logger.warn("{} has been kept long enough (keysteward.report.keep) and cannot be removed: {}", file,
					ex.toString());
			return 0;
		}
	}

	private static long delete(Path file) throws IOException {
		long bytes = Files.size(file);
		Files.delete(file);
		return bytes;
	}

}
