package io.keysteward.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * Times as the tables have them.
 */
public final class StoredTime {

	private StoredTime() {
	}

	/**
	 * {@return the time in a column; null for null}
	 */
	public static @Nullable Instant of(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * {@return the time in a column that is never null}
	 */
	public static Instant required(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
