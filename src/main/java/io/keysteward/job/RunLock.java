package io.keysteward.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.keysteward.key.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run at a time work on a governance database, and one restoring: a session's
 * advisory lock on a connection of its own, which the server frees when the process dies.
 * A restoring does not wait for a run to end: whoever restores is in a hurry.
 */
final class RunLock {

	/** The first eight bytes of "keysteward" as a number; any constant would do. */
	static final long KEY = 0x6b65797374657761L;

	static final long RESTORING = KEY + 1;

	private final Connection connection;

	private final long key;

	private RunLock(Connection connection, long key) {
		this.connection = connection;
		this.key = key;
	}

	/**
	 * {@return the lock of runs}
	 */
	static RunLock take(DataSource dataSource) {
		RunLock lock = tryTake(dataSource, KEY);
		if (lock == null) {
			throw Failure.busy("another run is under way on this governance database; wait until it has ended"
					+ " (the command runs shows it), then start again");
		}
		return lock;
	}

	/**
	 * {@return the lock of runs; null: a run is under way}
	 */
	static @Nullable RunLock tryRun(DataSource dataSource) {
		return tryTake(dataSource, KEY);
	}

	/**
	 * {@return the lock of restorings; null: one is under way}
	 */
	static @Nullable RunLock tryRestoring(DataSource dataSource) {
		return tryTake(dataSource, RESTORING);
	}

	private static @Nullable RunLock tryTake(DataSource dataSource, long key) {
		try {
			Connection connection = dataSource.getConnection();
			if (locked(connection, "SELECT pg_try_advisory_lock(?)", key)) {
				return new RunLock(connection, key);
			}
			connection.close();
			return null;
		}
		catch (SQLException ex) {
			throw Failure.retry("spring.datasource.url: the governance database does not answer: " + ex.getMessage(),
					ex);
		}
	}

	void release() {
		try (Connection held = this.connection) {
			locked(held, "SELECT pg_advisory_unlock(?)", this.key);
		}
		catch (SQLException ex) {
			// The connection is gone, and with it the lock.
		}
	}

	private static boolean locked(Connection connection, String sql, long key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setLong(1, key);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() && row.getBoolean(1);
			}
		}
	}

}
