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
 * One transaction that may change one key. It waits for nobody for long, and is rolled
 * back unless it is committed.
 */
final class SwitchTransaction implements SourceTransaction, AutoCloseable {

	private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);

	/** Whoever is stopped in the middle must not keep the key's row locked. */
	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

	/** Of a column that keeps whole seconds. */
	private static final Duration ROUNDING = Duration.ofSeconds(1);

	/** The server cancels first and says why; this only ends what hangs. */
	private static final Duration NETWORK_GRACE = Duration.ofSeconds(10);

	private final Connection connection;

	private final SqlErrorTranslator faults;

	private final boolean autoCommit;

	private final int networkTimeout;

	/** As long as the whole source may take to be read. */
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

	/**
	 * Lets each statement take as long as one may that is about one key.
	 */
	void allowOneKey() throws SQLException {
		allow((this.longest.compareTo(STATEMENT_TIMEOUT) < 0) ? this.longest : STATEMENT_TIMEOUT);
	}

	/**
	 * Lets each statement take as long as one may that reads the whole source.
	 */
	void allowWholeSource() throws SQLException {
		allow(this.longest);
	}

	private void allow(Duration statement) throws SQLException {
		this.connection.setNetworkTimeout(Runnable::run, (int) statement.plus(NETWORK_GRACE).toMillis());
		set("statement_timeout", String.valueOf(statement.toMillis()));
	}

	/**
	 * Sets a parameter for as long as the transaction lasts.
	 */
	void set(String parameter, String value) throws SQLException {
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
	 * Lets everything happen now that would happen at the commit: afterwards nobody could
	 * look at it.
	 */
	void fireDeferredTriggers() throws SQLException {
		try (Statement statement = statement()) {
			statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
		}
	}

	/**
	 * {@return whether a time has come by the source's clock; for one that comes within a
	 * second it waits, since a column of few digits rounds up}
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
	 * @throws Failure where the server refused it: then nothing was changed
	 * @throws SQLException where nobody knows
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
			// A connection that is broken has nothing left to roll back.
		}
	}

}
