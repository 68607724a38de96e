package io.keysteward.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.keysteward.key.Failure;

/**
 * Lets one run at a time work on a governance database: a session's advisory lock on a
 * connection of its own, which the server frees when the process dies.
 */
final class RunLock {

	/** The first eight bytes of "keysteward" as a number; any constant would do. */
	static final long KEY = 0x6b65797374657761L;

	private final Connection connection;

	private RunLock(Connection connection) {
		this.connection = connection;
	}

	static RunLock take(DataSource dataSource) {
		try {
			Connection connection = dataSource.getConnection();
			if (locked(connection, "SELECT pg_try_advisory_lock(?)")) {
				return new RunLock(connection);
			}
			connection.close();
		}
		catch (SQLException ex) {
			throw Failure.retry("spring.datasource.url: the governance database does not answer: " + ex.getMessage(),
					ex);
		}
		throw Failure.busy("another run is under way on this governance database; wait until it has ended"
				+ " (the command runs shows it), then start again");
	}

	void release() {
		try (Connection held = this.connection) {
			locked(held, "SELECT pg_advisory_unlock(?)");
		}
		catch (SQLException ex) {
			// The connection is gone, and with it the lock.
		}
	}

	private static boolean locked(Connection connection, String sql) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setLong(1, KEY);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() && row.getBoolean(1);
			}
		}
	}

}
