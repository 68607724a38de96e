package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.keysteward.insight.DisableRows;
import io.keysteward.insight.KeyRows;
import io.keysteward.insight.RunChanges;
import io.keysteward.insight.RunView;
import io.keysteward.report.AtomicFiles;
import io.keysteward.report.OwnFiles;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.WriteFailures;
import io.keysteward.report.WrittenReport;
import io.keysteward.run.InventoryScope;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Writes a run's workbook from what is stored: whole and under its name, or not at all.
 */
@Component
public class Workbook {

	private static final int INVENTORY_ROWS = 500_000;

	/** In their order; a further sheet is one more class and one more entry here. */
	private static final List<Sheet> SHEETS = List.of(new SummarySheet(), new FindingsSheet(), new ActionsSheet(),
			new ChangesSheet(), new ProjectsSheet(), new AllKeysSheet(), new ExemptionsSheet(), new DataErrorsSheet(),
			new PolicySheet());

	private final DataSource dataSource;

	private final Runs runs;

	private final int maxInventoryRows;

	private final int rowsPerSheet;

	public Workbook(DataSource dataSource, Runs runs, ReportSettings settings) {
		this.dataSource = dataSource;
		this.runs = runs;
		this.maxInventoryRows = (settings.maxInventoryRows() != null) ? settings.maxInventoryRows() : INVENTORY_ROWS;
		this.rowsPerSheet = (settings.maxSheetRows() != null)
				? Math.max(2, Math.min(settings.maxSheetRows(), WorkbookBuilder.excelRows()))
				: WorkbookBuilder.excelRows();
	}

	/**
	 * Writes the workbook of a run, the last one or an earlier one, to where no file is.
	 * @param run its findings reconciled, its inventory kept
	 * @param remarks lines for the Summary
	 * @param target the file; its directory is created where it is missing
	 * @return what was written
	 */
	public WrittenReport write(Run run, List<String> remarks, Path target) {
		return write(run, remarks, target, WriteFailures.PROPERTY);
	}

	/**
	 * Writes the workbook of a run to where somebody wants it.
	 * @param setting the property or option that names the target, where it cannot be
	 * written
	 */
	public WrittenReport write(Run run, List<String> remarks, Path target, String setting) {
		return write(run, remarks, target, setting, OwnFiles.NONE, (hashes) -> {
		});
	}

	/**
	 * Writes the workbook of a run to the report directory.
	 * @param run its findings reconciled, its inventory kept
	 * @param remarks lines for the Summary
	 * @param target the file; its directory is created where it is missing
	 * @param own what may be replaced there
	 * @param known gets the SHA-256 of each file before it has its name
	 * @return what was written
	 */
	public WrittenReport write(Run run, List<String> remarks, Path target, OwnFiles own, Consumer<Set<String>> known) {
		return write(run, remarks, target, WriteFailures.PROPERTY, own, known);
	}

	private WrittenReport write(Run run, List<String> remarks, Path target, String setting, OwnFiles own,
			Consumer<Set<String>> known) {
		try (RunView stored = RunView.open(this.dataSource, this.runs, run);
				AtomicFiles drafts = new AtomicFiles(target)) {
			write(stored, remarks, drafts);
			Map<Path, String> hashes = drafts.hashes();
			known.accept(Set.copyOf(hashes.values()));
			List<Path> beside = drafts.publish(own);
			return new WrittenReport(target, Objects.requireNonNull(hashes.get(target.toAbsolutePath())),
					Files.size(target), beside);
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("Report: the stored run cannot be read", ex);
		}
		catch (IOException | RuntimeException ex) {
			throw WriteFailures.explain(ex, target, setting);
		}
	}

	private void write(RunView stored, List<String> remarks, AtomicFiles drafts) throws IOException, SQLException {
		try (WorkbookBuilder book = new WorkbookBuilder(stored.run(), this.rowsPerSheet);
				BackgroundTask meanwhile = new BackgroundTask()) {
			boolean beside = stored.run().keeps() == InventoryScope.ALL && stored.keys() > this.maxInventoryRows;
			if (beside) {
				AllKeysSheet.writeBeside(stored, drafts, meanwhile);
			}
			RunChanges changes = new RunChanges(stored);
			stored.snapshot().onlyRead();
			SheetContext report = new SheetContext(book, stored, KeyRows.counts(stored), changes,
					new DisableRows(stored), remarks, drafts, beside);
			for (Sheet sheet : SHEETS) {
				sheet.add(report);
			}
			book.save(drafts.workbook());
			meanwhile.await();
		}
	}

}
