package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * A key of a run's inventory. Text is untrusted.
 *
 * @param source the source's id
 * @param keyId the key's id
 * @param name what people call it
 * @param maskedKey its masked value
 * @param projectId its project's id
 * @param projectName its project's name
 * @param projectState the project's state in its source
 * @param ownerId its owner's id
 * @param ownerName its owner's name
 * @param ownerEmail its owner's address
 * @param ownerState the owner's state in its source
 * @param createdAt when it was created
 * @param lastUsedAt its newest known use
 * @param usage whether it was used
 * @param expiresAt when it ends
 * @param status whether it is on
 * @param kind what kind of key it is
 * @param lastDeniedAt when somebody last tried it and was refused; null: not known
 * @param referencedBy what else still names it; null: nothing, or not known
 * @param judgement whether it was judged
 * @param idleDays days without use; null: not known
 * @param findings the rules that it breaks
 * @param level {@code VIOLATION}, {@code WARN} or {@code exempt}; null: no finding
 * @param exemption the id of the exemption that covers it
 */
public record InventoryKey(String source, String keyId, @Nullable String name, @Nullable String maskedKey,
		@Nullable String projectId, @Nullable String projectName, @Nullable String projectState,
		@Nullable String ownerId, @Nullable String ownerName, @Nullable String ownerEmail, @Nullable String ownerState,
		@Nullable Instant createdAt, @Nullable Instant lastUsedAt, String usage, @Nullable Instant expiresAt,
		@Nullable String status, @Nullable String kind, @Nullable Instant lastDeniedAt, @Nullable String referencedBy,
		String judgement, @Nullable Integer idleDays, List<String> findings, @Nullable String level,
		@Nullable String exemption) {

	/**
	 * {@return every kept key of a run}
	 * @param snapshot the view to read them in
	 * @param run the run's id
	 * @param count the expected number of them
	 */
	public static Rows<InventoryKey> rows(Snapshot snapshot, long run, long count) {
		return new Rows<>(count,
				(consumer) -> KeyRows.ALL.each(snapshot, run, Rows.handler(InventoryKey::of, consumer)));
	}

	private static InventoryKey of(ResultSet row, int number) throws SQLException {
		return new InventoryKey(row.getString("source"), row.getString("key_id"), row.getString("name"),
				row.getString("masked_key"), row.getString("project_id"), row.getString("project_name"),
				row.getString("project_state"), row.getString("owner_id"), row.getString("owner_name"),
				row.getString("owner_email"), row.getString("owner_state"), StoredTime.of(row, "created_at"),
				StoredTime.of(row, "used_at"), row.getString("usage"), StoredTime.of(row, "expires_at"),
				row.getString("status"), row.getString("kind"), StoredTime.of(row, "last_denied_at"),
				row.getString("referenced_by"), row.getString("judgement"), row.getObject("idle_days", Integer.class),
				StoredList.joined(row, "finding_list"), row.getString("level"), row.getString("exemption"));
	}

}
