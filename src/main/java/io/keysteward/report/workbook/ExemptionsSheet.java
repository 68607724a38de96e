package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.ExemptionRow;

/**
 * Sheet {@code Exemptions}: every exemption of the run, its scope, and the number of its
 * keys past the threshold when it ends.
 */
final class ExemptionsSheet implements Sheet {

	private static final List<Column<ExemptionRow>> COLUMNS = List.of(
			new Column<>("Id", CellFormat.TEXT, ExemptionRow::id),
			new Column<>("State", CellFormat.TEXT, ExemptionRow::state),
			new Column<>("Covers", CellFormat.NOTE, ExemptionRow::covers),
			new Column<>("Rules", CellFormat.NAME, (row) -> Column.words(row.rules())),
			new Column<>("Reason", CellFormat.LONG_TEXT, ExemptionRow::reason),
			new Column<>("Approver", CellFormat.NAME, ExemptionRow::approver),
			new Column<>("Ticket", CellFormat.TEXT, ExemptionRow::ticket),
			new Column<>("Expires (UTC)", CellFormat.DATE, ExemptionRow::expiresAt),
			new Column<>("Protects keys", CellFormat.NUMBER, ExemptionRow::keys),
			new Column<>("Past the threshold that day", CellFormat.NUMBER, ExemptionRow::past));

	@Override
	public void add(SheetContext report) {
		report.book().add(TableSheet.of("Exemptions", COLUMNS, report.content().exemptions()));
	}

}
