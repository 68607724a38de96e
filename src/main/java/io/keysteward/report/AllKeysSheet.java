package io.keysteward.report;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.keysteward.run.Keeping;

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

	private static final List<Column<ResultSet>> COLUMNS = List.of(Column.stored("Source", Content.TEXT, "source"),
			Column.stored("Key id", Content.ID, "key_id"), Column.stored("Name", Content.NAME, "name"),
			Column.stored("Masked key", Content.TEXT, "masked_key"),
			Column.stored("Project id", Content.TEXT, "project_id"),
			Column.stored("Project name", Content.NAME, "project_name"),
			Column.stored("Project state", Content.WORD, "project_state"),
			Column.stored("Owner id", Content.TEXT, "owner_id"),
			Column.stored("Owner name", Content.NAME, "owner_name"),
			Column.stored("Owner email", Content.NAME, "owner_email"),
			Column.stored("Owner state", Content.WORD, "owner_state"),
			Column.stored("Created (UTC)", Content.DATE, "created_at"),
			Column.stored("Last used (UTC)", Content.DATE, "used_at"), Column.stored("Usage", Content.WORD, "usage"),
			Column.stored("Expires (UTC)", Content.DATE, "expires_at"), Column.stored("Status", Content.WORD, "status"),
			Column.stored("Kind", Content.WORD, "kind"), Column.stored("Judgement", Content.TEXT, "judgement"),
			Column.stored("Idle days", Content.NUMBER, "idle_days"),
			Column.stored("Findings", Content.NAME, "finding_list"), Column.stored("Level", Content.LEVEL, "level"),
			Column.stored("Exemption", Content.TEXT, "exemption"));

	@Override
	public void add(Report report) {
		long keys = report.stored().keys();
		Recheck.same("sheet '" + TITLE + "'", keys, "keys in the control totals", report.count(KeyRows.ALL),
				"keys stored");
		if (report.stored().run().keeps() == Keeping.FLAGGED) {
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
	static void writeBeside(StoredRun stored, Drafts drafts, Meanwhile meanwhile) throws SQLException {
		Path file = drafts.beside(InventoryCsv.nameBeside(drafts.name()));
		Snapshot snapshot = stored.snapshot().again();
		meanwhile.start(() -> InventoryCsv.write(snapshot, stored.run(), COLUMNS, stored.keys(), file));
	}

	private static void pointBeside(Report report, long keys) {
		List<Column<Report>> columns = List.of(new Column<>("Keys", Content.NUMBER, (beside) -> keys),
				new Column<>("Where they are", Content.LONG_TEXT,
						(beside) -> "In the file " + beside.inventoryFile() + " beside this workbook. " + IMPORT));
		report.book().add(new TableSheet<>(TITLE, columns, 1, (table) -> table.add(report)));
	}

}
