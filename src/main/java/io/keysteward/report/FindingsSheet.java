package io.keysteward.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Findings}: one row for each key that has a finding.
 */
final class FindingsSheet implements Sheet {

	private static final String TITLE = "Findings";

	private static final List<Column<ResultSet>> STORED = List.of(Column.stored("Source", Content.TEXT, "source"),
			Column.stored("Key id", Content.ID, "key_id"), Column.stored("Name", Content.NAME, "name"),
			Column.stored("Masked key", Content.TEXT, "masked_key"), Column.stored("Project", Content.NAME, "project"),
			Column.stored("Project id", Content.TEXT, "project_id"), Column.stored("Owner", Content.NAME, "owner"),
			Column.stored("Owner email", Content.NAME, "owner_email"),
			Column.stored("Created (UTC)", Content.DATE, "created_at"),
			new Column<>("Last used (UTC)", Content.DATE, FindingsSheet::lastUsed),
			Column.stored("Idle days", Content.NUMBER, "idle_days"),
			Column.stored("Findings", Content.NAME, "finding_list"), Column.stored("Level", Content.LEVEL, "level"),
			Column.stored("Reasons", Content.LONG_TEXT, "reason_list"),
			Column.stored("First seen (UTC)", Content.DATE, "first_seen"));

	private static final List<Column<Flagged>> NEXT = List.of(
			new Column<>("What happens next", Content.NOTE, (row) -> row.next().what()),
			new Column<>("When (UTC)", Content.DATE, (row) -> row.next().when()));

	private static final List<Column<Flagged>> COLUMNS = Stream
		.concat(STORED.stream().map((column) -> column.of(Flagged::stored)), NEXT.stream())
		.toList();

	@Override
	public void add(Report report) {
		long flagged = report.stored().totals().flaggedKeys();
		Recheck.same("sheet '" + TITLE + "'", flagged, "flagged keys in the control totals",
				report.count(KeyRows.FLAGGED), "flagged keys stored");
		report.book()
			.add(new TableSheet<>(TITLE, COLUMNS, flagged, (table) -> KeyRows.FLAGGED.each(report.stored(),
					(row) -> table.add(new Flagged(row, NextStep.of(row))))));
	}

	static @Nullable Object lastUsed(ResultSet row) throws SQLException {
		String usage = row.getString("usage");
		if (usage == null) {
			return null;
		}
		return switch (usage) {
			case "USED" -> Column.instant(row, "used_at");
			case "NEVER_USED" -> "never";
			default -> "not recorded";
		};
	}

	/**
	 * A flagged key.
	 *
	 * @param stored its row
	 * @param next what happens next to it: worked out once, for two columns
	 */
	private record Flagged(ResultSet stored, NextStep next) {
	}

}
