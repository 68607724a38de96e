package io.keysteward.report.workbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.insight.KeyRows;
import io.keysteward.insight.RunView;
import io.keysteward.run.RunSource;
import io.keysteward.run.StoredTime;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Data errors}: what could not be read or judged, and why, and what a source
 * has forgotten; faults of a whole source first.
 */
final class DataErrorsSheet implements Sheet {

	private static final String TITLE = "Data errors";

	private static final List<Column<DataError>> COLUMNS = List.of(
			new Column<>("Source", CellFormat.TEXT, DataError::source),
			new Column<>("Key id", CellFormat.ID, DataError::keyId),
			new Column<>("Name", CellFormat.NAME, DataError::name),
			new Column<>("Project", CellFormat.NAME, DataError::project),
			new Column<>("What is wrong", CellFormat.LONG_TEXT, DataError::fault));

	@Override
	public void add(SheetContext report) {
		RunView stored = report.stored();
		long unreadable = stored.totals().dataErrors();
		RowCountCheck.same("sheet '" + TITLE + "'", unreadable, "data errors in the control totals",
				report.count(KeyRows.UNREADABLE), "data errors stored");
		List<DataError> sources = sources(stored);
		long goneBack = report.count(KeyRows.GONE_BACK);
		report.book().add(new TableSheet<>(TITLE, COLUMNS, sources.size() + unreadable + goneBack, (table) -> {
			for (DataError source : sources) {
				table.add(source);
			}
			KeyRows.UNREADABLE.each(stored, (row) -> table.add(DataError.of(row, row.getString("data_error"))));
			KeyRows.GONE_BACK.each(stored, (row) -> table.add(DataError.of(row, goneBack(row))));
		}));
	}

	private static List<DataError> sources(RunView stored) {
		List<DataError> errors = new ArrayList<>();
		for (RunSource source : stored.unread()) {
			errors.add(DataError.of(source, "The source was not read: "
					+ ((source.fault() != null) ? source.fault() : "no fault is recorded")));
		}
		for (RunSource source : stored.sources()) {
			Long remasked = source.remasked();
			if (remasked != null && remasked > 0) {
				String shown = (source.fault() != null) ? source.fault()
						: "masked_key of " + Plural.of(remasked, "key") + " hides nothing or too little of the secret";
				errors.add(DataError.of(source, "A fault of the source's definition: " + shown
						+ ". It was masked again, and the keys were judged; correct select.sql."));
			}
		}
		return errors;
	}

	private static String goneBack(ResultSet row) throws SQLException {
		Instant shown = StoredTime.of(row, "last_used_at");
		return "Its last use went back: an earlier reading has seen one at " + StoredTime.of(row, "known_use")
				+ ", and its source shows " + ((shown != null) ? "one at " + shown : "none")
				+ " now. The newest one counts; the key is not disabled while its source shows less.";
	}

	/**
	 * A line of the sheet.
	 */
	private record DataError(String source, @Nullable String keyId, @Nullable String name, @Nullable String project,
			@Nullable String fault) {

		static DataError of(RunSource source, String fault) {
			return new DataError(source.source(), null, null, null, fault);
		}

		static DataError of(ResultSet row, @Nullable String fault) throws SQLException {
			return new DataError(row.getString("source"), row.getString("key_id"), row.getString("name"),
					row.getString("project"), fault);
		}

	}

}
