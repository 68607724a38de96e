package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.keysteward.run.Gate;
import io.keysteward.run.StoredTime;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The next step for a key by its run's decision.
 */
final class PlannedStep {

	private PlannedStep() {
	}

	/**
	 * {@return the next step by the key's action; null: the run decided nothing about the
	 * key}
	 */
	static @Nullable NextStep of(ResultSet row) throws SQLException {
		String stored = row.getString("action_state");
		if (stored == null) {
			return null;
		}
		ActionState state = ActionState.valueOf(stored);
		Instant done = StoredTime.of(row, "done_at");
		return switch (state) {
			case HELD -> held(row);
			case NOT_YET -> new NextStep("Could not be disabled yet: the next start of the run tries again", null);
			case NOT_DONE, NOT_KNOWN -> new NextStep("Due in this run; " + ActionText.NOT_KNOWN, null);
			case DISABLED -> new NextStep("Disabled in this run", done);
			case WOULD_DISABLE ->
				new NextStep(StringUtils.capitalize(ActionText.WOULD_DISABLE), StoredTime.of(row, "due_at"));
			case SKIPPED_CHANGED -> new NextStep("Not disabled: it changed after it was read", done);
			case FAILED -> new NextStep("Could not be disabled; the sheet Actions says why", done);
			case STILL_TRIED, ACTIVE_AGAIN, USED_SINCE, RESTORE_RESTORED, RESTORE_SKIPPED_CHANGED, RESTORE_FAILED,
					RESTORE_NOT_KNOWN ->
				throw state.notOfDisabling();
		};
	}

	/** The sheet Actions has all reasons. */
	private static @Nullable String first(@Nullable String detail) {
		int end = (detail != null) ? detail.indexOf(". ") : -1;
		return (detail != null && end >= 0) ? detail.substring(0, end + 1) : detail;
	}

	private static NextStep held(ResultSet row) throws SQLException {
		Gate gate = Gate.valueOf(row.getString("held_by"));
		String level = row.getString("level");
		Standing standing = (level != null) ? Standing.of(level) : null;
		// A key that is due but held for other reasons has no date.
		Instant due = row.getBoolean("due_later") ? StoredTime.of(row, "due_at") : null;
		String dueFrom = (due != null)
				? ActionText.dueFrom(UtcDay.day(due).toString(), row.getBoolean("approval_missing")) : null;
		if (standing == Standing.EXEMPT) {
			return NextStep.byLevel(row);
		}
		if (gate == Gate.LEVEL && standing == Standing.WARN) {
			NextStep rises = NextStep.byLevel(row);
			return new NextStep(rises.what() + ((dueFrom != null) ? "; " + dueFrom : ""),
					(rises.when() != null) ? rises.when() : due);
		}
		String why = (dueFrom != null) ? dueFrom : first(ActionText.reasons(row.getString("action_detail")));
		return new NextStep("Held by " + gate + ((why != null) ? ": " + why : ""), due);
	}

}
