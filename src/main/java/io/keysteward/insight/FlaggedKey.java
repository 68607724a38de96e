package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * A key that has a finding. Text is untrusted.
 *
 * @param source the source's id
 * @param keyId the key's id
 * @param name what people call it
 * @param maskedKey its masked value
 * @param project its project's name, else its id
 * @param projectId its project's id
 * @param owner its owner's name, else their id
 * @param ownerEmail its owner's address
 * @param createdAt when it was created
 * @param lastUse when it was last used
 * @param idleDays days without use; null: not known
 * @param lastDeniedAt when somebody last tried it and was refused; null: not known
 * @param referencedBy what else still names it; null: nothing, or not known
 * @param findings the rules that it breaks
 * @param level {@code VIOLATION}, {@code WARN} or {@code exempt}
 * @param reasons one sentence per finding, in the order of the findings
 * @param firstSeen when the first open finding was first seen
 * @param next what happens next
 */
public record FlaggedKey(String source, String keyId, @Nullable String name, @Nullable String maskedKey,
		@Nullable String project, @Nullable String projectId, @Nullable String owner, @Nullable String ownerEmail,
		@Nullable Instant createdAt, LastUse lastUse, @Nullable Integer idleDays, @Nullable Instant lastDeniedAt,
		@Nullable String referencedBy, List<String> findings, String level, List<String> reasons,
		@Nullable Instant firstSeen, NextStep next) {

	/**
	 * {@return the query for a run's keys with a finding, violations first}
	 */
	public static Rows.Query<FlaggedKey> query(long run) {
		return new Rows.Query<>((snapshot) -> KeyRows.FLAGGED.statement(snapshot, run), FlaggedKey::of);
	}

	private static FlaggedKey of(ResultSet row, int number) throws SQLException {
		return new FlaggedKey(row.getString("source"), row.getString("key_id"), row.getString("name"),
				row.getString("masked_key"), row.getString("project"), row.getString("project_id"),
				row.getString("owner"), row.getString("owner_email"), StoredTime.of(row, "created_at"), LastUse.of(row),
				row.getObject("idle_days", Integer.class), StoredTime.of(row, "last_denied_at"),
				row.getString("referenced_by"), StoredList.joined(row, "finding_list"), row.getString("level"),
				StoredList.read(row, "reasons"), StoredTime.of(row, "first_seen"), NextStep.of(row));
	}

}
