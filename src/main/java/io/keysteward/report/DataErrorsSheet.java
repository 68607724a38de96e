package io.keysteward.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.key.Counted;
import io.keysteward.run.RunSource;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Data errors}: what could not be read or judged, and why; faults of a whole
 * source first.
 */
final class DataErrorsSheet implements Sheet {

	private static final String TITLE = "Data errors";

	private static final List<Column<DataError>> COLUMNS = List.of(
			new Column<>("Source", Content.TEXT, DataError::source),
			new Column<>("Key id", Content.ID, DataError::keyId), new Column<>("Name", Content.NAME, DataError::name),
			new Column<>("Project", Content.NAME, DataError::project),
			new Column<>("What is wrong", Content.LONG_TEXT, DataError::fault));

	@Override
	public void add(Report report) {
		StoredRun stored = report.stored();
		long unreadable = stored.totals().dataErrors();
		Recheck.same("sheet '" + TITLE + "'", unreadable, "data errors in the control totals",
				report.count(KeyRows.UNREADABLE), "data errors stored");
		List<DataError> sources = sources(stored);
		report.book().add(new TableSheet<>(TITLE, COLUMNS, sources.size() + unreadable, (table) -> {
			for (DataError source : sources) {
				table.add(source);
			}
			KeyRows.UNREADABLE.each(stored, (row) -> table.add(DataError.of(row)));
		}));
	}

	private static List<DataError> sources(StoredRun stored) {
		List<DataError> errors = new ArrayList<>();
		for (RunSource source : stored.unread()) {
			errors.add(DataError.of(source, "The source was not read: "
					+ ((source.fault() != null) ? source.fault() : "no fault is recorded")));
		}
		for (RunSource source : stored.sources()) {
			Long remasked = source.remasked();
			if (remasked != null && remasked > 0) {
<<<<<<< HEAD
				errors.add(DataError.of(source,
						"A fault of the source's definition: masked_key held a whole secret in "
								+ Counted.of(remasked, "row") + ". " + Counted.word(remasked, "It was", "They were")
								+ " masked again and judged; correct select.sql."));
||||||| parent of b04007f (Say when a mask is a mask, and name the keys that have none)
				errors.add(DataError.of(source, "A fault of the source's definition: masked_key held a whole secret in "
						+ remasked + " rows. They were masked again and judged; correct select.sql."));
=======
				String shown = (source.fault() != null) ? source.fault() : "masked_key of " + remasked
						+ ((remasked == 1) ? " key" : " keys") + " hides nothing or too little of the secret";
				errors.add(DataError.of(source, "A fault of the source's definition: " + shown
						+ ". It was masked again, and the keys were judged; correct select.sql."));
>>>>>>> b04007f (Say when a mask is a mask, and name the keys that have none)
			}
		}
		return errors;
	}

	/**
	 * A line of the sheet.
	 */
	private record DataError(String source, @Nullable String keyId, @Nullable String name, @Nullable String project,
			@Nullable String fault) {

		static DataError of(RunSource source, String fault) {
			return new DataError(source.source(), null, null, null, fault);
		}

		static DataError of(ResultSet row) throws SQLException {
			return new DataError(row.getString("source"), row.getString("key_id"), row.getString("name"),
					row.getString("project"), row.getString("data_error"));
		}

	}

}
