package io.keysteward.source.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * One transaction that may change one key. It waits for nobody for long, and is rolled
 * back unless it is committed.
 */
final class SwitchTransaction implements AutoCloseable {

	private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);

	/** The server cancels first and says why; this only ends what hangs. */
	private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(30);

	private final Connection connection;

	private final boolean autoCommit;

	private final int networkTimeout;

	private SwitchTransaction(Connection connection) throws SQLException {
		this.connection = connection;
		this.autoCommit = connection.getAutoCommit();
		this.networkTimeout = connection.getNetworkTimeout();
	}

	/**
	 * {@return a transaction on the connection, which it owns from now on}
	 */
	static SwitchTransaction begin(Connection connection, Duration longest, Faults faults) {
		try {
			SwitchTransaction transaction = new SwitchTransaction(connection);
			try {
				transaction.begin((longest.compareTo(STATEMENT_TIMEOUT) < 0) ? longest : STATEMENT_TIMEOUT);
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

	private void begin(Duration statementTimeout) throws SQLException {
		this.connection.setAutoCommit(false);
		this.connection.setNetworkTimeout(Runnable::run, (int) NETWORK_TIMEOUT.toMillis());
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
			statement.execute("SET LOCAL TIME ZONE 'UTC'");
		}
		set("lock_timeout", String.valueOf(LOCK_TIMEOUT.toMillis()));
		set("statement_timeout", String.valueOf(statementTimeout.toMillis()));
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
