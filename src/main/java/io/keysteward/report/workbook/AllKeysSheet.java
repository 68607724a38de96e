package io.keysteward.report.workbook;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.keysteward.insight.KeyRows;
import io.keysteward.insight.RunView;
import io.keysteward.insight.Snapshot;
import io.keysteward.report.AtomicFiles;
import io.keysteward.report.OwnFiles;
import io.keysteward.run.InventoryScope;

/**
 * Sheet {@code All keys}: the inventory; a CSV file beside the workbook where it is
 * large, and nothing where not all keys are kept.
 */
final class AllKeysSheet implements Sheet {

	/**
	 * The file is for programs: it has ids as they are, and no tricks that a person would
	 * need.
	 */
	static final String IMPORT = "Import it into a spreadsheet with its columns as text: opened by a double click, ids such"
			+ " as 000123 or 12E5 become other numbers.";

	private static final String TITLE = "All keys";

	private static final List<Column<ResultSet>> COLUMNS = List.of(Column.stored("Source", CellFormat.TEXT, "source"),
			Column.stored("Key id", CellFormat.ID, "key_id"), Column.stored("Name", CellFormat.NAME, "name"),
			Column.stored("Masked key", CellFormat.TEXT, "masked_key"),
			Column.stored("Project id", CellFormat.TEXT, "project_id"),
			Column.stored("Project name", CellFormat.NAME, "project_name"),
			Column.stored("Project state", CellFormat.WORD, "project_state"),
			Column.stored("Owner id", CellFormat.TEXT, "owner_id"),
			Column.stored("Owner name", CellFormat.NAME, "owner_name"),
			Column.stored("Owner email", CellFormat.NAME, "owner_email"),
			Column.stored("Owner state", CellFormat.WORD, "owner_state"),
			Column.stored("Created (UTC)", CellFormat.DATE, "created_at"),
			Column.stored("Last used (UTC)", CellFormat.DATE, "used_at"),
			Column.stored("Usage", CellFormat.WORD, "usage"),
			Column.stored("Expires (UTC)", CellFormat.DATE, "expires_at"),
			Column.stored("Status", CellFormat.WORD, "status"), Column.stored("Kind", CellFormat.WORD, "kind"),
			Column.stored("Judgement", CellFormat.TEXT, "judgement"),
			Column.stored("Idle days", CellFormat.NUMBER, "idle_days"),
			Column.stored("Findings", CellFormat.NAME, "finding_list"),
			Column.stored("Level", CellFormat.LEVEL, "level"),
			Column.stored("Exemption", CellFormat.TEXT, "exemption"));

	@Override
	public void add(SheetContext report) {
		long keys = report.stored().keys();
		RowCountCheck.same("sheet '" + TITLE + "'", keys, "keys in the control totals", report.count(KeyRows.ALL),
				"keys stored");
		if (report.stored().run().keeps() == InventoryScope.FLAGGED) {
			// Not all keys are there; the Summary says so.
			return;
		}
		if (report.inventoryBeside()) {
			pointBeside(report, keys);
			return;
		}
		report.book()
			.add(new TableSheet<>(TITLE, COLUMNS, keys, (table) -> KeyRows.ALL.each(report.stored(), table::add)));
	}

	/**
	 * Starts to write the inventory beside the workbook.
	 */
	static void writeBeside(RunView stored, AtomicFiles drafts, BackgroundTask meanwhile) throws SQLException {
		Path file = drafts.beside(OwnFiles.inventoryBeside(drafts.name()));
		Snapshot snapshot = stored.snapshot().again();
		meanwhile.start(() -> InventoryCsv.write(snapshot, stored.run(), COLUMNS, stored.keys(), file));
	}

	private static void pointBeside(SheetContext report, long keys) {
		List<Column<SheetContext>> columns = List.of(new Column<>("Keys", CellFormat.NUMBER, (beside) -> keys),
				new Column<>("Where they are", CellFormat.LONG_TEXT,
						(beside) -> "In the file " + beside.inventoryFile() + " beside this workbook. " + IMPORT));
		report.book().add(new TableSheet<>(TITLE, columns, 1, (table) -> table.add(report)));
	}

}
