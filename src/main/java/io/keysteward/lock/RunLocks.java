package io.keysteward.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.keysteward.key.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Lets one run at a time work on a governance database, and one restoring:
 * <ol>
 * <li>a session takes an advisory lock on a connection of its own; the server frees it
 * when the process dies;</li>
 * <li>it waits until nothing that an earlier holder has begun to write is still open, and
 * gets a new token;</li>
 * <li>from then on each connection of this process carries the token, and triggers refuse
 * every write of one whose token is not the last, or whose session is gone.</li>
 * </ol>
 * So a process that loses its lock, unnoticed, changes nothing any more. A restoring does
 * not wait for a run to end: whoever restores is in a hurry.
 */
@Component
public class RunLocks {

	/** The first eight bytes of "keysteward" as a number; any constant would do. */
	public static final long RUN = 0x6b65797374657761L;

	private static final long RESTORING = RUN + 1;

	/**
	 * Longer than the server needs to notice that an earlier holder's host is gone (see
	 * the keep-alives in application.yaml).
	 */
	private static final String PATIENCE = "50s";

	private static final String LOCK_NOT_AVAILABLE = "55P03";

	private final FencedDataSource fenced;

	RunLocks(DataSource dataSource) throws SQLException {
		this.fenced = dataSource.unwrap(FencedDataSource.class);
	}

	/**
	 * {@return the lock of runs}
	 * @throws Failure where a run is under way
	 */
	public RunLock run() {
		RunLock lock = tryRun();
		if (lock == null) {
			throw Failure.busy("another run is under way on this governance database; wait until it has ended"
					+ " (the command runs shows it), then start again");
		}
		return lock;
	}

	/**
	 * {@return the lock of runs; null: a run is under way}
	 */
	public @Nullable RunLock tryRun() {
		return tryTake(RUN);
	}

	/**
	 * {@return the lock of restorings; null: one is under way}
	 */
	public @Nullable RunLock tryRestoring() {
		return tryTake(RESTORING);
	}

	private @Nullable RunLock tryTake(long key) {
		Connection connection = null;
		try {
			connection = this.fenced.getConnection();
			if (number(connection, "SELECT pg_try_advisory_lock(?)::int", key) == 0) {
				connection.close();
				return null;
			}
			return new RunLock(connection, token(connection, key), this.fenced);
		}
		catch (SQLException ex) {
			close(connection);
			if (LOCK_NOT_AVAILABLE.equals(ex.getSQLState())) {
				throw Failure.busy("a process that has lost its lock still writes to this governance database; wait a"
						+ " minute, then start again");
			}
			throw Failure.retry("spring.datasource.url: the governance database does not answer: " + ex.getMessage(),
					ex);
		}
	}

	private static long token(Connection connection, long key) throws SQLException {
		connection.setAutoCommit(false);
		number(connection, "SELECT length(set_config('lock_timeout', '" + PATIENCE + "', true))", null);
		long token = number(connection, "SELECT keysteward.next_token(?)", key);
		connection.commit();
		connection.setAutoCommit(true);
		return token;
	}

	private static long number(Connection connection, String sql, @Nullable Long key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			if (key != null) {
				statement.setLong(1, key);
			}
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	/** The lock must not live on in a pooled connection. */
	private static void close(@Nullable Connection connection) {
		if (connection != null) {
			try (connection) {
				connection.abort(Runnable::run);
			}
			catch (SQLException ex) {
				// It is gone already.
			}
		}
	}

}
