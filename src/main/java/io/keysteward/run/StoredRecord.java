package io.keysteward.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A key's record as the tables have it.
 */
public final class StoredRecord {

	/** The columns that {@link #read} reads. */
	public static final String COLUMNS = """
			source, key_id, name, masked_key, project_id, project_name, project_state, owner_id, owner_name, owner_email,
			owner_state, created_at, last_used_at, usage, expires_at, status, kind, last_denied_at, referenced_by,
			data_error
			""";

	private StoredRecord() {
	}

	/**
	 * {@return the record in a row with all of {@link #COLUMNS}}
	 */
	public static KeyRecord read(ResultSet row) throws SQLException {
		Instant used = StoredTime.of(row, "last_used_at");
		return new KeyRecord(new KeyId(row.getString("source"), row.getString("key_id")), row.getString("name"),
				row.getString("masked_key"),
				new Project(row.getString("project_id"), row.getString("project_name"),
						word(row, "project_state", ProjectState.class)),
				new Owner(row.getString("owner_id"), row.getString("owner_name"), row.getString("owner_email"),
						word(row, "owner_state", OwnerState.class)),
				StoredTime.of(row, "created_at"),
				(used != null) ? Usage.used(used) : unused(Usage.State.valueOf(row.getString("usage"))),
				StoredTime.of(row, "expires_at"), word(row, "status", KeyStatus.class), row.getString("kind"),
				StoredTime.of(row, "last_denied_at"), row.getString("referenced_by"), row.getString("data_error"));
	}

	/** A key without a use in its row was used if another reading has seen one. */
	private static Usage unused(Usage.State state) {
		return (state == Usage.State.UNKNOWN) ? Usage.UNKNOWN : Usage.NEVER_USED;
	}

	private static <E extends Enum<E>> @Nullable E word(ResultSet row, String column, Class<E> type)
			throws SQLException {
		String name = row.getString(column);
		return (name != null) ? Enum.valueOf(type, name) : null;
	}

}
