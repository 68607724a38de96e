package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.KeyChange;

/**
 * Sheet {@code Changes}: findings that are new, worse, better or resolved, and keys that
 * came or went.
 */
final class ChangesSheet implements Sheet {

	private static final List<Column<KeyChange>> COLUMNS = List.of(
			new Column<>("Change", CellFormat.TEXT, KeyChange::change),
			new Column<>("Source", CellFormat.TEXT, KeyChange::source),
			new Column<>("Key id", CellFormat.ID, KeyChange::keyId),
			new Column<>("Name", CellFormat.NAME, KeyChange::name),
			new Column<>("Project", CellFormat.NAME, KeyChange::project),
			new Column<>("Rule", CellFormat.TEXT, KeyChange::rule),
			new Column<>("Level", CellFormat.LEVEL, KeyChange::level),
			new Column<>("Why", CellFormat.LONG_TEXT, KeyChange::why),
			new Column<>("Since (UTC)", CellFormat.DATE, KeyChange::since));

	@Override
	public void add(SheetContext report) {
		report.book().add(TableSheet.of("Changes", COLUMNS, report.content().changes()));
	}

}
