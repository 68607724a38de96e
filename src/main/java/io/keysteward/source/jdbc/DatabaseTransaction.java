package io.keysteward.source.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.keysteward.source.Place;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One transaction in a foreign database, on its own connection. It is rolled back unless
 * it is committed.
 */
final class DatabaseTransaction implements AutoCloseable {

	private static final String UNDONE = "keysteward";

	/** The rounding of a column of whole seconds. */
	private static final Duration ROUNDING = Duration.ofSeconds(1);

	private final Connection connection;

	private final FoundDriver driver;

	private final Dialect dialect;

	private final DatabaseErrors errors;

	private Instant startedAt = Instant.EPOCH;

	/** A statement whose rows were not read to the end. */
	private @Nullable Statement unread;

	DatabaseTransaction(Connection connection, FoundDriver driver, Dialect dialect, DatabaseErrors errors) {
		this.connection = connection;
		this.driver = driver;
		this.dialect = dialect;
		this.errors = errors;
	}

	void begin(boolean writing, Duration longest) throws SQLException {
		this.startedAt = clock();
		if (writing) {
			this.dialect.beginSwitch(this.connection, longest);
		}
		else {
			this.dialect.beginSnapshot(this.connection, longest);
		}
	}

	/**
	 * {@return the database's clock just before the transaction began}
	 */
	Instant startedAt() {
		return this.startedAt;
	}

	/**
	 * {@return the database's clock}
	 */
	Instant clock() throws SQLException {
		try (Statement statement = statement(); ResultSet row = statement.executeQuery(this.dialect.now())) {
			row.next();
			return LocalDateTime.parse(row.getString(1).replace(' ', 'T')).toInstant(ZoneOffset.UTC);
		}
	}

	/**
	 * {@return whether a time has passed by the database's clock; it waits for one within
	 * a second, since a column of few digits rounds up}
	 * @param file the file of the statement that reads the time, for messages
	 */
	boolean isPast(Instant time, String file) {
		try {
			Duration ahead = Duration.between(clock(), time);
			if (!ahead.isNegative() && !ahead.isZero() && ahead.compareTo(ROUNDING) <= 0) {
				TimeUnit.NANOSECONDS.sleep(ahead.toNanos());
				ahead = Duration.between(clock(), time);
			}
			return ahead.isNegative() || ahead.isZero();
		}
		catch (SQLException ex) {
			throw this.errors.running(ex, file);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failure.retry("interrupted while waiting for a key's expiry; start the run again", ex);
		}
	}

	Place place(String address, List<String> selects) throws SQLException {
		return this.dialect.place(this.connection, address, selects);
	}

	/**
	 * {@return the SELECT of a file, as this database describes it}
	 */
	TableSelect describe(StatementText text) {
		try {
			readToTheEnd();
			this.dialect.requireTransactional(this.connection, text);
			return TableSelect.describe(text, this.connection, this.dialect);
		}
		catch (SQLException ex) {
			throw this.errors.running(ex, text.file());
		}
	}

	/** Refuses a statement on tables that cannot be rolled back. */
	void requireTransactional(StatementText text) {
		try {
			readToTheEnd();
			this.dialect.requireTransactional(this.connection, text);
		}
		catch (SQLException ex) {
			throw this.errors.running(ex, text.file());
		}
	}

	Statement statement() throws SQLException {
		readToTheEnd();
		return this.connection.createStatement();
	}

	PreparedStatement prepare(String sql) throws SQLException {
		readToTheEnd();
		return this.connection.prepareStatement(sql);
	}

	/**
	 * {@return a statement that reads row by row}
	 */
	Statement streaming() throws SQLException {
		readToTheEnd();
		return this.dialect.streaming(this.connection, this.driver);
	}

	/** Notes that a statement has unread rows. */
	void leaveUnread(Statement statement) {
		this.unread = statement;
	}

	/** MySQL's driver does nothing else on a connection with unread rows. */
	private void readToTheEnd() throws SQLException {
		if (this.unread != null) {
			this.unread.close();
			this.unread = null;
		}
	}

	DatabaseErrors errors() {
		return this.errors;
	}

	/** Sets the savepoint, which replaces an earlier one. */
	void savepoint() throws SQLException {
		execute("SAVEPOINT " + UNDONE);
	}

	/**
	 * Rolls back to the last savepoint.
	 * @param file the file of the statement, for messages
	 */
	void rollbackToSavepoint(String file) throws SQLException {
		try (Statement statement = statement()) {
			statement.execute("ROLLBACK TO SAVEPOINT " + UNDONE);
			this.dialect.requireRolledBack(statement, file);
		}
	}

	/**
	 * Rolls everything back.
	 * @param file the file of the statement, for messages; null: nothing was done
	 */
	void rollback(@Nullable String file) throws SQLException {
		try (Statement statement = statement()) {
			statement.execute("ROLLBACK");
			if (file != null) {
				this.dialect.requireRolledBack(statement, file);
			}
		}
	}

	/**
	 * Commits.
	 * @throws SQLException if it was refused, or the result is unknown
	 */
	void commit() throws SQLException {
		execute("COMMIT");
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = statement()) {
			statement.execute(sql);
		}
	}

	/** Aborts first: otherwise a driver would read all remaining rows. */
	@Override
	public void close() {
		try (Connection ended = this.connection) {
			if (this.unread != null) {
				ended.abort(Runnable::run);
			}
			else if (!ended.isClosed()) {
				execute("ROLLBACK");
			}
		}
		catch (SQLException ex) {
			// A broken or committed connection has nothing to roll back.
		}
	}

}
