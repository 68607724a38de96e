package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.StoredDecision;

/**
 * Sheet {@code Decisions}: what people decided about keys, who applied it from which
 * file, and what came of it.
 */
final class DecisionsSheet implements Sheet {

	private static final List<Column<StoredDecision>> COLUMNS = List.of(
			new Column<>("Number", CellFormat.NUMBER, StoredDecision::number),
			new Column<>("Source", CellFormat.TEXT, StoredDecision::source),
			new Column<>("Key id", CellFormat.ID, StoredDecision::keyId),
			new Column<>("Decision", CellFormat.TEXT, StoredDecision::decision),
			new Column<>("Until (UTC)", CellFormat.DATE, StoredDecision::until),
			new Column<>("New owner", CellFormat.NAME, StoredDecision::newOwner),
			new Column<>("Reason", CellFormat.LONG_TEXT, StoredDecision::reason),
			new Column<>("Decided by", CellFormat.NAME, StoredDecision::decidedBy),
			new Column<>("State", CellFormat.NAME, StoredDecision::state),
			new Column<>("State since (UTC)", CellFormat.DATE, StoredDecision::stateAt),
			new Column<>("Applied by", CellFormat.NAME, StoredDecision::appliedBy),
			new Column<>("Applied (UTC)", CellFormat.DATE, StoredDecision::appliedAt),
			new Column<>("File", CellFormat.NAME, StoredDecision::file),
			new Column<>("SHA-256 of the file", CellFormat.ID, StoredDecision::sha256),
			new Column<>("Run of the file", CellFormat.NAME, StoredDecision::runKey),
			new Column<>("As of (UTC)", CellFormat.DATE, StoredDecision::asOf),
			new Column<>("SHA-256 of its policy", CellFormat.ID, StoredDecision::policySha256),
			new Column<>("Flagged keys of that run", CellFormat.NUMBER, StoredDecision::population),
			new Column<>("Undecided then", CellFormat.NUMBER, StoredDecision::undecided));

	@Override
	public void add(SheetContext report) {
		report.book().add(TableSheet.of("Decisions", COLUMNS, report.content().decisions()));
	}

}
