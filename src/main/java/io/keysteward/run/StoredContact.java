package io.keysteward.run;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.keysteward.key.KeyContact;

/**
 * Who is notified about a key, as the tables have it.
 */
public final class StoredContact {

	private StoredContact() {
	}

	/**
	 * {@return the contact in a row with the key's source, owner and project, and with
	 * the {@code new_owner} whom somebody has named, or null}
	 */
	public static KeyContact read(ResultSet row) throws SQLException {
		String source = row.getString("source");
		String project = row.getString("project_id");
		String named = row.getString("new_owner");
		return (named != null) ? KeyContact.named(source, project, named) : new KeyContact(source, project,
				row.getString("owner_id"), row.getString("owner_email"), row.getString("owner_state"));
	}

}
