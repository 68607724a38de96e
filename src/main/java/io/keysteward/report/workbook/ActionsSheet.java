package io.keysteward.report.workbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.keysteward.insight.DisableRows;
import io.keysteward.report.UndoCommand;
import io.keysteward.run.Totals.ActionTotals;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Actions}: what was disabled, would be disabled, was held and why, failed
 * or was restored, and above all which disabled keys are in use.
 */
final class ActionsSheet implements Sheet {

	private static final String TITLE = "Actions";

	private static final List<Column<ResultSet>> COLUMNS = List.of(
			new Column<>("Action", CellFormat.ID, (row) -> words(row.getString("state"))),
			Column.stored("Source", CellFormat.TEXT, "source"), Column.stored("Key id", CellFormat.ID, "key_id"),
			Column.stored("Name", CellFormat.NAME, "name"), Column.stored("Masked key", CellFormat.TEXT, "masked_key"),
			Column.stored("Project", CellFormat.NAME, "project"), Column.stored("Owner", CellFormat.NAME, "owner"),
			Column.stored("Held by", CellFormat.TEXT, "held_by"),
			Column.stored("All closed gates", CellFormat.NOTE, "gates"),
			Column.stored("Why", CellFormat.LONG_TEXT, "detail"),
			Column.stored("Due from (UTC)", CellFormat.DATE, "due_at"),
			Column.stored("Warned (UTC)", CellFormat.DATE, "warned_at"),
			Column.stored("Final notice (UTC)", CellFormat.DATE, "final_at"),
			Column.stored("Told in this run", CellFormat.NOTE, "told"),
			Column.stored("Idle days", CellFormat.NUMBER, "idle_days"),
			new Column<>("Last used (UTC)", CellFormat.DATE, FindingsSheet::lastUsed),
			Column.stored("Done (UTC)", CellFormat.DATE, "done_at"),
			new Column<>("Undo", CellFormat.NOTE, ActionsSheet::undo));

	@Override
	public void add(SheetContext report) {
		DisableRows actions = report.actions();
		ActionTotals totals = report.stored().totals().actions();
		if (totals != null) {
			RowCountCheck.same("sheet '" + TITLE + "'", totals.planned(), "planned keys in the control totals",
					actions.planned(), "planned keys stored");
		}
		report.book().add(new TableSheet<>(TITLE, COLUMNS, actions.count(), (table) -> actions.each(table::add)));
	}

	private static String words(String state) {
		return switch (state) {
			case "ACTIVE_AGAIN" -> "Active again";
			case "USED_SINCE" -> "Used after being disabled";
			case "DISABLED" -> "Disabled";
			case "FAILED" -> "Failed";
			case "SKIPPED_CHANGED" -> "Skipped: changed";
			case "NOT_KNOWN" -> "Not known yet";
			case "NOT_YET" -> "Failed, tried again";
			case "NOT_DONE" -> "Not done yet";
			case "RESTORE_RESTORED" -> "Restored";
			case "RESTORE_SKIPPED_CHANGED" -> "Not restored: changed";
			case "RESTORE_FAILED" -> "Not restored: failed";
			case "RESTORE_NOT_KNOWN" -> "Restore: not known yet";
			case "WOULD_DISABLE" -> "Would be disabled";
			case "HELD" -> "Held";
			default -> state;
		};
	}

	private static @Nullable String undo(ResultSet row) throws SQLException {
		return row.getBoolean("undoable") ? UndoCommand.of(row.getString("source"), row.getString("key_id")) : null;
	}

}
