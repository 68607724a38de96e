package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.DisableRow;

/**
 * Sheet {@code Actions}: first the disabled keys that are in use, then keys that were
 * disabled, would be disabled, were held and why, failed or were restored.
 */
final class ActionsSheet implements Sheet {

	private static final List<Column<DisableRow>> COLUMNS = List.of(
			new Column<>("Action", CellFormat.ID, (row) -> row.state().words()),
			new Column<>("Source", CellFormat.TEXT, DisableRow::source),
			new Column<>("Key id", CellFormat.ID, DisableRow::keyId),
			new Column<>("Name", CellFormat.NAME, DisableRow::name),
			new Column<>("Masked key", CellFormat.TEXT, DisableRow::maskedKey),
			new Column<>("Project", CellFormat.NAME, DisableRow::project),
			new Column<>("Owner", CellFormat.NAME, DisableRow::owner),
			new Column<>("Held by", CellFormat.TEXT, DisableRow::heldBy),
			new Column<>("All closed gates", CellFormat.NOTE, (row) -> Column.words(row.closedGates())),
			new Column<>("Why", CellFormat.LONG_TEXT, DisableRow::why),
			new Column<>("Due from (UTC)", CellFormat.DATE, DisableRow::dueAt),
			new Column<>("Warned (UTC)", CellFormat.DATE, DisableRow::warnedAt),
			new Column<>("Final notice (UTC)", CellFormat.DATE, DisableRow::finalAt),
			new Column<>("Told in this run", CellFormat.NOTE, DisableRow::notices),
			new Column<>("Idle days", CellFormat.NUMBER, DisableRow::idleDays),
			new Column<>("Last used (UTC)", CellFormat.DATE, (row) -> row.lastUse().shown()),
			new Column<>("Done (UTC)", CellFormat.DATE, DisableRow::doneAt),
			new Column<>("Undo", CellFormat.NOTE, DisableRow::undo));

	@Override
	public void add(SheetContext report) {
		report.book().add(TableSheet.of("Actions", COLUMNS, report.content().actions()));
	}

}
