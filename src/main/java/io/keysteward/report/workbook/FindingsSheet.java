package io.keysteward.report.workbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.insight.KeyRows;
import io.keysteward.insight.NextStep;
import io.keysteward.insight.UsageText;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Findings}: one row for each key that has a finding.
 */
final class FindingsSheet implements Sheet {

	private static final String TITLE = "Findings";

	private static final List<Column<ResultSet>> STORED = List.of(Column.stored("Source", CellFormat.TEXT, "source"),
			Column.stored("Key id", CellFormat.ID, "key_id"), Column.stored("Name", CellFormat.NAME, "name"),
			Column.stored("Masked key", CellFormat.TEXT, "masked_key"),
			Column.stored("Project", CellFormat.NAME, "project"),
			Column.stored("Project id", CellFormat.TEXT, "project_id"),
			Column.stored("Owner", CellFormat.NAME, "owner"),
			Column.stored("Owner email", CellFormat.NAME, "owner_email"),
			Column.stored("Created (UTC)", CellFormat.DATE, "created_at"),
			new Column<>("Last used (UTC)", CellFormat.DATE, FindingsSheet::lastUsed),
			Column.stored("Idle days", CellFormat.NUMBER, "idle_days"),
			Column.stored("Findings", CellFormat.NAME, "finding_list"),
			Column.stored("Level", CellFormat.LEVEL, "level"),
			Column.stored("Reasons", CellFormat.LONG_TEXT, "reason_list"),
			Column.stored("First seen (UTC)", CellFormat.DATE, "first_seen"));

	private static final List<Column<Flagged>> NEXT = List.of(
			new Column<>("What happens next", CellFormat.NOTE, (row) -> row.next().what()),
			new Column<>("When (UTC)", CellFormat.DATE, (row) -> row.next().when()));

	private static final List<Column<Flagged>> COLUMNS = Stream
		.concat(STORED.stream().map((column) -> column.of(Flagged::stored)), NEXT.stream())
		.toList();

	@Override
	public void add(SheetContext report) {
		long flagged = report.stored().totals().flaggedKeys();
		RowCountCheck.same("sheet '" + TITLE + "'", flagged, "flagged keys in the control totals",
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
		Instant used = StoredTime.of(row, "used_at");
		return (used != null) ? used : UsageText.withoutUse(usage);
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
