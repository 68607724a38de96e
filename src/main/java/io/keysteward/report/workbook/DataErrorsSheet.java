package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.DataError;

/**
 * Sheet {@code Data errors}: keys and sources that could not be read or judged, and uses
 * that a source has lost; faults of a whole source first.
 */
final class DataErrorsSheet implements Sheet {

	private static final List<Column<DataError>> COLUMNS = List.of(
			new Column<>("Source", CellFormat.TEXT, DataError::source),
			new Column<>("Key id", CellFormat.ID, DataError::keyId),
			new Column<>("Name", CellFormat.NAME, DataError::name),
			new Column<>("Project", CellFormat.NAME, DataError::project),
			new Column<>("What is wrong", CellFormat.LONG_TEXT, DataError::fault));

	@Override
	public void add(SheetContext report) {
		report.book().add(TableSheet.of("Data errors", COLUMNS, report.content().dataErrors()));
	}

}
