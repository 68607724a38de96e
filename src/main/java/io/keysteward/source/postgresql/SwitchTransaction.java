package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import io.keysteward.text.Failure;

/**
 * One transaction that may change one key, with short timeouts. It is rolled back unless
 * it is committed.
 */
final class SwitchTransaction implements SourceTransaction, AutoCloseable {

	private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);

	/** A stopped process must not keep the key's row locked. */
	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

	/** The error of a column with whole seconds. */
	private static final Duration ROUNDING = Duration.ofSeconds(1);

	/** The server cancels first, with a reason; this only ends hanging connections. */
	private static final Duration NETWORK_GRACE = Duration.ofSeconds(10);

	private final Connection connection;

	private final SqlErrorTranslator faults;

	private final boolean autoCommit;

	private final int networkTimeout;

	/** The timeout for reading the whole source. */
	private final Duration longest;

	private SwitchTransaction(Connection connection, Duration longest, SqlErrorTranslator faults) throws SQLException {
		this.connection = connection;
		this.longest = longest;
		this.faults = faults;
		this.autoCommit = connection.getAutoCommit();
		this.networkTimeout = connection.getNetworkTimeout();
	}

	/**
	 * {@return a transaction on the connection, which it owns from now on}
	 */
	static SwitchTransaction begin(Connection connection, Duration longest, SqlErrorTranslator faults) {
		try {
			SwitchTransaction transaction = new SwitchTransaction(connection, longest, faults);
			try {
				transaction.begin();
				return transaction;
			}
			catch (SQLException ex) {
				transaction.close();
				throw ex;
			}
		}
		catch (SQLException ex) {
			throw faults.connecting(ex);
		}
	}

	private void begin() throws SQLException {
		this.connection.setAutoCommit(false);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
			statement.execute("SET LOCAL TIME ZONE 'UTC'");
		}
		set("lock_timeout", String.valueOf(LOCK_TIMEOUT.toMillis()));
		set("idle_in_transaction_session_timeout", String.valueOf(IDLE_TIMEOUT.toMillis()));
		allowOneKey();
	}

	@Override
	public void allowOneKey() throws SQLException {
		allow((this.longest.compareTo(STATEMENT_TIMEOUT) < 0) ? this.longest : STATEMENT_TIMEOUT);
	}

	@Override
	public void allowWholeSource() throws SQLException {
		allow(this.longest);
	}

	private void allow(Duration statement) throws SQLException {
		this.connection.setNetworkTimeout(Runnable::run, (int) statement.plus(NETWORK_GRACE).toMillis());
		set("statement_timeout", String.valueOf(statement.toMillis()));
	}

	@Override
	public void set(String parameter, String value) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement("SELECT set_config(?, ?, true)")) {
			statement.setString(1, parameter);
			statement.setString(2, value);
			statement.execute();
		}
	}

	Connection connection() {
		return this.connection;
	}

	@Override
	public Statement statement() throws SQLException {
		Statement statement = this.connection.createStatement();
		statement.setEscapeProcessing(false);
		return statement;
	}

	@Override
	public SqlErrorTranslator faults() {
		return this.faults;
	}

	/**
	 * Runs deferred triggers now, since nothing can be checked after the commit.
	 */
	void fireDeferredTriggers() throws SQLException {
		try (Statement statement = statement()) {
			statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
		}
	}

	/**
	 * {@return whether a time is past by the source's clock; waits for a time within a
	 * second, since a coarse column rounds up}
	 */
	boolean isPast(Instant time) throws SQLException {
		Duration ahead = Duration.between(clock(), time);
		if (ahead.isNegative() || ahead.isZero()) {
			return true;
		}
		if (ahead.compareTo(ROUNDING) > 0) {
			return false;
		}
		try (PreparedStatement statement = this.connection.prepareStatement("SELECT pg_sleep(?)")) {
			statement.setDouble(1, ahead.toNanos() / 1e9);
			statement.execute();
		}
		return !clock().isBefore(time);
	}

	private Instant clock() throws SQLException {
		try (Statement statement = statement(); ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
			row.next();
			return row.getObject(1, OffsetDateTime.class).toInstant();
		}
	}

	Savepoint savepoint() throws SQLException {
		return this.connection.setSavepoint();
	}

	void rollbackTo(Savepoint savepoint) throws SQLException {
		this.connection.rollback(savepoint);
	}

	/**
	 * Commits.
	 * @throws Failure where the server refused it, so that nothing was changed
	 * @throws SQLException where the outcome is not known
	 */
	void commit() throws SQLException {
		this.connection.commit();
	}

	@Override
	public void close() {
		try (Connection ended = this.connection) {
			ended.rollback();
			ended.setAutoCommit(this.autoCommit);
			ended.setNetworkTimeout(Runnable::run, this.networkTimeout);
		}
		catch (SQLException ex) {
			// A broken connection has nothing to roll back.
		}
	}

}
