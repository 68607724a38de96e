package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.PolicyLine;

/**
 * Sheet {@code Policy}: the run's whole policy.
 */
final class PolicySheet implements Sheet {

	private static final List<Column<PolicyLine>> COLUMNS = List.of(
			new Column<>("Part", CellFormat.TEXT, PolicyLine::part),
			new Column<>("Name", CellFormat.NAME, PolicyLine::name),
			new Column<>("Applies to", CellFormat.NAME, PolicyLine::scope),
			new Column<>("Value", CellFormat.LONG_TEXT, PolicyLine::value),
			new Column<>("Supports", CellFormat.LONG_TEXT, PolicyLine::supports));

	@Override
	public void add(SheetContext report) {
		report.book().add(TableSheet.of("Policy", COLUMNS, report.content().policy()));
	}

}
