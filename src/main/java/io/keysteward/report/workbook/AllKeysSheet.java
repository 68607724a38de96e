package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

import io.keysteward.insight.InventoryKey;
import io.keysteward.insight.Rows;
import io.keysteward.insight.Snapshot;
import io.keysteward.report.ReportFile;
import io.keysteward.report.RunContent;

/**
 * Sheet {@code All keys}: the inventory. A large one is a CSV file next to the workbook,
 * if somebody wants it.
 */
final class AllKeysSheet implements Sheet {

	/**
	 * The file is for programs, so ids stand in it unchanged.
	 */
	static final String IMPORT = "Import it into a spreadsheet with its columns as text: opened by a double click, ids such"
			+ " as 000123 or 12E5 become other numbers.";

	private static final String TITLE = "All keys";

	private static final List<Column<InventoryKey>> COLUMNS = List.of(
			new Column<>("Source", CellFormat.TEXT, InventoryKey::source),
			new Column<>("Key id", CellFormat.ID, InventoryKey::keyId),
			new Column<>("Name", CellFormat.NAME, InventoryKey::name),
			new Column<>("Masked key", CellFormat.TEXT, InventoryKey::maskedKey),
			new Column<>("Project id", CellFormat.TEXT, InventoryKey::projectId),
			new Column<>("Project name", CellFormat.NAME, InventoryKey::projectName),
			new Column<>("Project state", CellFormat.WORD, InventoryKey::projectState),
			new Column<>("Owner id", CellFormat.TEXT, InventoryKey::ownerId),
			new Column<>("Owner name", CellFormat.NAME, InventoryKey::ownerName),
			new Column<>("Owner email", CellFormat.NAME, InventoryKey::ownerEmail),
			new Column<>("Owner state", CellFormat.WORD, InventoryKey::ownerState),
			new Column<>("Created (UTC)", CellFormat.DATE, InventoryKey::createdAt),
			new Column<>("Last used (UTC)", CellFormat.DATE, InventoryKey::lastUsedAt),
			new Column<>("Usage", CellFormat.WORD, InventoryKey::usage),
			new Column<>("Expires (UTC)", CellFormat.DATE, InventoryKey::expiresAt),
			new Column<>("Status", CellFormat.WORD, InventoryKey::status),
			new Column<>("Kind", CellFormat.WORD, InventoryKey::kind),
			new Column<>("Last denied (UTC)", CellFormat.DATE, InventoryKey::lastDeniedAt),
			new Column<>("Referenced by", CellFormat.NOTE, InventoryKey::referencedBy),
			new Column<>("Judgement", CellFormat.TEXT, InventoryKey::judgement),
			new Column<>("Idle days", CellFormat.NUMBER, InventoryKey::idleDays),
			new Column<>("Findings", CellFormat.NAME, (key) -> Column.words(key.findings())),
			new Column<>("Level", CellFormat.LEVEL, InventoryKey::level),
			new Column<>("Exemption", CellFormat.TEXT, InventoryKey::exemption));

	@Override
	public void add(SheetContext report) {
		// Also where nothing is written: it compares the stored keys with the control
		// totals.
		Rows<InventoryKey> keys = report.content().inventory();
		switch (report.keyList()) {
			case SHEET -> report.book().add(TableSheet.of(TITLE, COLUMNS, keys));
			case FILE -> addPointer(report, keys.count());
			case NOWHERE -> {
				// The Summary says why.
			}
		}
	}

	/**
	 * Starts to write the inventory to a file next to the workbook.
	 */
	static void startInventoryFile(RunContent content, ReportFile workbook, BackgroundTask meanwhile)
			throws SQLException {
		Path file = workbook.companion(InventoryCsv.companion(workbook.name()));
		Snapshot snapshot = content.shareSnapshot();
		meanwhile.start(() -> {
			try (snapshot) {
				writeFile(content.inventory(snapshot), file);
			}
		});
	}

	/**
	 * Writes the inventory to a file of its own.
	 */
	static void writeFile(Rows<InventoryKey> keys, Path file) throws IOException {
		InventoryCsv.write(keys, COLUMNS, file);
	}

	private static void addPointer(SheetContext report, long keys) {
		List<Column<SheetContext>> columns = List
			.of(new Column<>("Keys", CellFormat.NUMBER, (companion) -> keys), new Column<>("Where they are",
					CellFormat.LONG_TEXT,
					(companion) -> "In the file " + companion.inventoryFile() + " beside this workbook. " + IMPORT));
		report.book().add(new TableSheet<>(TITLE, columns, 1, (table) -> table.add(report)));
	}

}
