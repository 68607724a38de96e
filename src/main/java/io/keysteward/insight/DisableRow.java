package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * A key with a decision or action of a run, or with an alarm. Text is untrusted.
 *
 * @param state its state
 * @param source the source's id
 * @param keyId the key's id
 * @param name what people call it
 * @param maskedKey its masked value
 * @param project its project's name, else its id
 * @param owner its owner's name, else their id
 * @param heldBy the first closed gate
 * @param closedGates all closed gates
 * @param why the reasons, as sentences
 * @param dueAt when it may be disabled if nothing changes
 * @param warnedAt when its owner was warned
 * @param finalAt when its owner got the last warning
 * @param notices this run's mails about it, in words
 * @param idleDays days without use
 * @param lastUse its last use
 * @param doneAt when the action was done
 * @param undo the command that restores it; null: nothing to restore
 */
public record DisableRow(ActionState state, String source, String keyId, @Nullable String name,
		@Nullable String maskedKey, @Nullable String project, @Nullable String owner, @Nullable String heldBy,
		List<String> closedGates, @Nullable String why, @Nullable Instant dueAt, @Nullable Instant warnedAt,
		@Nullable Instant finalAt, @Nullable String notices, @Nullable Integer idleDays, LastUse lastUse,
		@Nullable Instant doneAt, @Nullable String undo) {

	static DisableRow of(ResultSet row, int number) throws SQLException {
		String source = row.getString("source");
		String key = row.getString("key_id");
		return new DisableRow(ActionState.valueOf(row.getString("state")), source, key, row.getString("name"),
				row.getString("masked_key"), row.getString("project"), row.getString("owner"), row.getString("held_by"),
				StoredList.joined(row, "gates"), ActionText.reasons(row.getString("detail")),
				StoredTime.of(row, "due_at"), StoredTime.of(row, "warned_at"), StoredTime.of(row, "final_at"),
				NoticeText.of(row), row.getObject("idle_days", Integer.class), LastUse.of(row),
				StoredTime.of(row, "done_at"), row.getBoolean("undoable") ? UndoCommand.of(source, key) : null);
	}

}
