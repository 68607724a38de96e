package io.keysteward.report.workbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.keysteward.insight.RunChanges;
import io.keysteward.run.Run;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Changes}: what is new, worse, better or resolved, and which keys came or
 * went.
 */
final class ChangesSheet implements Sheet {

	private static final List<Column<Change>> COLUMNS = List.of(new Column<>("Change", CellFormat.TEXT, Change::change),
			new Column<>("Source", CellFormat.TEXT, Change::source),
			new Column<>("Key id", CellFormat.ID, Change::keyId), new Column<>("Name", CellFormat.NAME, Change::name),
			new Column<>("Project", CellFormat.NAME, Change::project),
			new Column<>("Rule", CellFormat.TEXT, Change::rule), new Column<>("Level", CellFormat.LEVEL, Change::level),
			new Column<>("Why", CellFormat.LONG_TEXT, Change::why),
			new Column<>("Since (UTC)", CellFormat.DATE, Change::since));

	@Override
	public void add(SheetContext report) {
		RunChanges changes = report.changes();
		Run baseline = report.stored().baseline();
		String untold = changes.untold();
		report.book()
			.add(new TableSheet<>("Changes", COLUMNS, changes.count() + ((untold != null) ? 1 : 0), (table) -> {
				changes.each((row) -> table.add(Change.of(row)));
				if (baseline != null && untold != null) {
					table.add(Change.untold(baseline, untold));
				}
			}));
	}

	/**
	 * A line of the sheet.
	 */
	private record Change(String change, @Nullable String source, @Nullable String keyId, @Nullable String name,
			@Nullable String project, @Nullable String rule, @Nullable String level, @Nullable String why,
			@Nullable Object since) {

		static Change of(ResultSet row) throws SQLException {
			String resolution = row.getString("resolution");
			return new Change(row.getString("change"), row.getString("source"), row.getString("key_id"),
					row.getString("name"), row.getString("project"), row.getString("rule"), row.getString("level"),
					(resolution != null) ? words(resolution) : row.getString("reason"), StoredTime.of(row, "since"));
		}

		static Change untold(Run baseline, String why) {
			return new Change(
					"NOT COMPARED", null, null, null, null, null, null, Character.toUpperCase(why.charAt(0))
							+ why.substring(1) + ": keys that appeared and keys that are gone cannot be told.",
					baseline.asOf());
		}

		private static String words(String resolution) {
			return switch (resolution) {
				case "USED_AGAIN" -> "The key was used again.";
				case "RENAMED" -> "The key was renamed.";
				case "REASSIGNED" -> "Its project or owner changed.";
				case "DISABLED" -> "The key is disabled.";
				case "DISABLED_BY_KEYSTEWARD" -> "Keysteward disabled the key.";
				case "EXPIRED" -> "The key has expired.";
				case "GONE" -> "The key is gone from its source.";
				case "EXEMPTED" -> "An exemption covers it now.";
				case "NOT_GOVERNED" -> "Its kind is not governed any more.";
				case "USAGE_UNKNOWN" -> "Its use is not known any more, and unknown is never idle.";
				case "POLICY_CHANGED" -> "The policy changed.";
				case "NO_LONGER_TRUE" -> "It is not so any more.";
				default -> resolution;
			};
		}

	}

}
