package io.keysteward.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.keysteward.run.Run;
import io.keysteward.run.Runs;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Writes a run's reports from the stored rows: all of them complete and under their
 * names, or none.
 */
@Component
public class ReportWriter {

	private final DataSource dataSource;

	private final Runs runs;

	public ReportWriter(DataSource dataSource, Runs runs) {
		this.dataSource = dataSource;
		this.runs = runs;
	}

	/**
	 * Writes a report of a run to a new file.
	 * @param run a run with reconciled findings and a kept inventory
	 * @param remarks lines for the Summary
	 * @param target the file; a missing directory is created
	 * @param setting the property or option that names the target, for failures
	 * @return the written report
	 */
	public WrittenReport write(Run run, List<String> remarks, ReportFormat format, Path target, String setting) {
		return write(run, remarks, Map.of(format, target), setting, OwnFiles.NONE, (hashes) -> {
		}).get(0);
	}

	/**
	 * Writes reports of a run to the report directory.
	 * @param run a run with reconciled findings and a kept inventory
	 * @param remarks lines for the Summary
	 * @param targets the file of each; a missing directory is created
	 * @param own the files that may be replaced there
	 * @param known gets the SHA-256 of each file before any is renamed
	 * @return the written reports
	 */
	public List<WrittenReport> write(Run run, List<String> remarks, Map<ReportFormat, Path> targets, OwnFiles own,
			Consumer<Set<String>> known) {
		return write(run, remarks, targets, WriteFailures.PROPERTY, own, known);
	}

	private List<WrittenReport> write(Run run, List<String> remarks, Map<ReportFormat, Path> targets, String setting,
			OwnFiles own, Consumer<Set<String>> known) {
		Path current = targets.values().iterator().next();
		try (RunContent content = RunContent.open(this.dataSource, this.runs, run, remarks);
				AtomicFiles files = new AtomicFiles(targets.values())) {
			for (Map.Entry<ReportFormat, Path> target : targets.entrySet()) {
				current = target.getValue();
				target.getKey().write(content, new ReportFile(files, current));
			}
			Map<Path, String> hashes = files.hashes();
			known.accept(Set.copyOf(hashes.values()));
			files.publish(own);
			return written(targets, hashes);
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("Report: the stored run cannot be read", ex);
		}
		catch (IOException | RuntimeException ex) {
			throw WriteFailures.explain(ex, current, setting);
		}
	}

	private static List<WrittenReport> written(Map<ReportFormat, Path> targets, Map<Path, String> hashes)
			throws IOException {
		List<WrittenReport> written = new ArrayList<>();
		for (Map.Entry<ReportFormat, Path> target : targets.entrySet()) {
			Path file = target.getValue();
			List<Path> companion = target.getKey()
				.files(file.toAbsolutePath())
				.stream()
				.skip(1)
				.filter(hashes::containsKey)
				.toList();
			written.add(new WrittenReport(target.getKey().word(), file,
					Objects.requireNonNull(hashes.get(file.toAbsolutePath())), Files.size(file), companion));
		}
		return written;
	}

}
