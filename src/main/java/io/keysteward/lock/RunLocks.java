package io.keysteward.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Allows one run and one restore at a time on a governance database:
 * <ol>
 * <li>a session of its own becomes the holder in a table that nobody else may touch, and
 * shows that it lives by an advisory lock, which the server frees when the process dies;
 * its number is drawn each time, for advisory locks are open to whoever connects;</li>
 * <li>it waits until nothing that an earlier holder has begun to write is still open, and
 * gets a new token;</li>
 * <li>from then on each connection of this process carries the token, and triggers refuse
 * writes with another token than the last one, or whose session is gone.</li>
 * </ol>
 * So a process that loses its lock unnoticed changes nothing any more. A restore is
 * urgent, and does not wait for a run.
 */
@Component
public class RunLocks {

	/** The first eight bytes of "keysteward" as a number; any constant would do. */
	public static final long RUN = 0x6b65797374657761L;

	private static final long RESTORING = RUN + 1;

	/**
	 * Longer than the server needs to detect a dead host (see the keep-alives in
	 * application.yaml).
	 */
	private static final String PATIENCE = "50s";

	private static final String SESSION = "SELECT pg_backend_pid()";

	private static final String READ_ONLY = "25006";

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
		requireSessions();
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
	 * {@return the lock of restores; null: a restore is under way}
	 */
	public @Nullable RunLock tryRestoring() {
		return tryTake(RESTORING);
	}

	/**
	 * Refuses a pooler in transaction mode, where a lock belongs to no session. Two open
	 * connections must be two sessions, and the first must keep its own.
	 * @throws Failure where that fails
	 */
	public void requireSessions() {
		try (Connection one = this.fenced.getConnection(); Connection other = this.fenced.getConnection()) {
			long session = number(one, SESSION, null);
			other.setAutoCommit(false);
			boolean shared = session == number(other, SESSION, null) || session != number(one, SESSION, null);
			other.rollback();
			other.setAutoCommit(true);
			if (shared) {
				throw sharedSessions(null);
			}
		}
		catch (SQLException ex) {
			throw unanswered(ex);
		}
	}

	/**
	 * {@return the failure for a governance database behind a pooler in transaction mode}
	 */
	public static Failure sharedSessions(@Nullable Throwable cause) {
		return Failure.configuration("spring.datasource.url: this address gives out database sessions by transaction,"
				+ " as PgBouncer does with pool_mode=transaction; the lock that keeps two runs apart needs a session of"
				+ " its own: name the database's own address, or a pool with pool_mode=session", cause);
	}

	private @Nullable RunLock tryTake(long key) {
		Connection connection = null;
		try {
			connection = this.fenced.getConnection();
			long token = token(connection, key);
			if (token == 0) {
				connection.close();
				return null;
			}
			return new RunLock(connection, token, this.fenced);
		}
		catch (SQLException ex) {
			close(connection);
			if (LOCK_NOT_AVAILABLE.equals(ex.getSQLState())) {
				throw Failure.busy("a process that has lost its lock still writes to this governance database; wait a"
						+ " minute, then start again");
			}
			throw unanswered(ex);
		}
	}

	/**
	 * {@return the failure for a read-only governance database: a standby, or one that an
	 * operator made read-only}
	 */
	public static Failure takesNoWrites(@Nullable String message, @Nullable Throwable cause) {
		return Failure.retry("spring.datasource.url: the governance database takes no writes"
				+ ((message != null) ? ": " + message : "") + "; name the primary, or wait until it is one, then start"
				+ " again: a run continues under its run key", cause);
	}

	private static Failure unanswered(SQLException ex) {
		if (READ_ONLY.equals(ex.getSQLState())) {
			return takesNoWrites(null, ex);
		}
		return Failure.retry("spring.datasource.url: the governance database does not answer: " + ex.getMessage(), ex);
	}

	/**
	 * The session waits for hours while a run works: the server must not end it for that.
	 * @return 0: another session holds the lock
	 */
	private static long token(Connection connection, long key) throws SQLException {
		connection.setAutoCommit(false);
		number(connection, "SELECT length(set_config('lock_timeout', '" + PATIENCE + "', true))", null);
		long token = number(connection, "SELECT coalesce(keysteward.take_lock(?), 0)", key);
		connection.commit();
		connection.setAutoCommit(true);
		if (token != 0) {
			number(connection, "SELECT length(set_config('idle_session_timeout', '0', false))", null);
		}
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

	/** The lock must not stay in a pooled connection. */
	private static void close(@Nullable Connection connection) {
		if (connection != null) {
			try (connection) {
				connection.abort(Runnable::run);
			}
			catch (SQLException ex) {
				// The connection is gone already.
			}
		}
	}

}
