package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;

import io.keysteward.source.Place;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * One read-only transaction on one snapshot of a source. Its parameters end with it, so
 * that a pooled connection is returned unchanged.
 */
final class ReadTransaction implements SourceTransaction, AutoCloseable {

	private final Connection connection;

	private final boolean autoCommit;

	private final SqlErrorTranslator faults;

	private boolean closed;

	private ReadTransaction(Connection connection, boolean autoCommit, SqlErrorTranslator faults) {
		this.connection = connection;
		this.autoCommit = autoCommit;
		this.faults = faults;
	}

	/**
	 * {@return a transaction on the connection, which it owns from now on}
	 */
	static ReadTransaction begin(Connection connection, Duration statementTimeout, SqlErrorTranslator faults) {
		return begin(connection, "REPEATABLE READ, READ ONLY", statementTimeout, faults);
	}

	/**
	 * {@return a transaction that now owns the connection, and may create temporary
	 * tables until it is sealed}
	 */
	static ReadTransaction beginLanding(Connection connection, Duration statementTimeout, SqlErrorTranslator faults) {
		return begin(connection, "READ COMMITTED, READ WRITE", statementTimeout, faults);
	}

	private static ReadTransaction begin(Connection connection, String mode, Duration statementTimeout,
			SqlErrorTranslator faults) {
		try {
			boolean autoCommit = connection.getAutoCommit();
			ReadTransaction transaction = new ReadTransaction(connection, autoCommit, faults);
			try {
				transaction.begin(mode, statementTimeout.toMillis());
				return transaction;
			}
			catch (SQLException | RuntimeException ex) {
				transaction.close();
				throw ex;
			}
		}
		catch (SQLException ex) {
			closeQuietly(connection);
			throw faults.connecting(ex);
		}
	}

	private void begin(String mode, long timeoutMillis) throws SQLException {
		this.connection.setAutoCommit(false);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SET TRANSACTION ISOLATION LEVEL " + mode);
			statement.execute("SET LOCAL TIME ZONE 'UTC'");
		}
		set("statement_timeout", String.valueOf(timeoutMillis));
		// Between two fetches blocks are written elsewhere, so the server must not end
		// the idle transaction.
		set("idle_in_transaction_session_timeout", String.valueOf(timeoutMillis));
	}

	@Override
	public void set(String parameter, String value) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement("SELECT set_config(?, ?, true)")) {
			statement.setString(1, parameter);
			statement.setString(2, value);
			statement.execute();
		}
	}

	/** Makes it read-only; this cannot be undone. */
	void seal() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SET TRANSACTION READ ONLY");
		}
	}

	Connection connection() {
		return this.connection;
	}

	/**
	 * Sets the projects as a parameter for {@link Columns#select}, since the select
	 * cannot have bind parameters: a question mark in it is an operator.
	 */
	void narrowTo(Set<String> projects) throws SQLException {
		try (PreparedStatement statement = this.connection
			.prepareStatement("SELECT set_config('keysteward.projects', CAST(CAST(? AS text[]) AS text), true)")) {
			statement.setArray(1, this.connection.createArrayOf("text", projects.toArray()));
			statement.execute();
		}
	}

	/**
	 * {@return the place that it reads}
	 */
	Place place(SqlDefinition definition) {
		try {
			return PlaceReader.read(definition, this.connection);
		}
		catch (SQLException ex) {
			throw this.faults.connecting(ex);
		}
	}

	/**
	 * {@return the source's time at the transaction's start}
	 */
	OffsetDateTime startedAt() throws SQLException {
		return time("SELECT now()");
	}

	/**
	 * {@return the source's current time, however long the probe took}
	 */
	OffsetDateTime clock() throws SQLException {
		return time("SELECT clock_timestamp()");
	}

	private OffsetDateTime time(String select) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(select)) {
			row.next();
			return row.getObject(1, OffsetDateTime.class);
		}
	}

	@Override
	public Statement statement() throws SQLException {
		Statement statement = this.connection.createStatement();
		statement.setEscapeProcessing(false);
		if (this.connection.unwrap(PGConnection.class).getPrepareThreshold() > 0) {
			// Binary from the first execution on, which halves the cost of timestamps.
			// It needs named statements, which a pooler may give to another client.
			statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
		}
		return statement;
	}

	@Override
	public SqlErrorTranslator faults() {
		return this.faults;
	}

	/**
	 * Rolls back and returns the connection. A broken connection has nothing to roll
	 * back.
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			this.connection.rollback();
			this.connection.setAutoCommit(this.autoCommit);
		}
		catch (SQLException ex) {
			// The server rolls back a lost transaction.
		}
		finally {
			closeQuietly(this.connection);
		}
	}

	private static void closeQuietly(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			// Nothing was written, so nothing is lost.
		}
	}

}
