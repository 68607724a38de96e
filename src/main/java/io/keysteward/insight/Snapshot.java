package io.keysteward.insight;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.keysteward.run.PlannerHints;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One consistent view of the governance database, read through cursors.
 */
public final class Snapshot implements AutoCloseable {

	/** More rows at once would live longer and grow the heap. */
	private static final int FETCH_SIZE = 1000;

	/** The driver's value for the binary format at once. */
	private static final int BINARY = -1;

	private static final String READ_ONLY = "SET TRANSACTION READ ONLY";

	private final DataSource dataSource;

	private final Connection connection;

	private final JdbcClient jdbc;

	private Snapshot(DataSource dataSource, Connection connection) {
		this.dataSource = dataSource;
		this.connection = connection;
		this.jdbc = JdbcClient.create(template(connection));
	}

	/**
	 * {@return a view of the current rows}
	 */
	static Snapshot take(DataSource dataSource) throws SQLException {
		return begin(dataSource, PlannerHints::forFullScan);
	}

	/**
	 * {@return the same view on another connection, for a thread that lists the
	 * inventory}
	 */
	public Snapshot share() throws SQLException {
		return share(PlannerHints::willBeListed);
	}

	/**
	 * {@return the same view on another connection, for statements that read all of an
	 * inventory}
	 */
	Snapshot shareForScans() throws SQLException {
		return share(PlannerHints::forFullScan);
	}

	private Snapshot share(Consumer<JdbcClient> hints) throws SQLException {
		String id = this.jdbc.sql("SELECT pg_export_snapshot()").query(String.class).single();
		return begin(this.dataSource, (other) -> {
			// The statement takes no parameter; the id is the server's own.
			other.sql("SET TRANSACTION SNAPSHOT '" + id + "'").update();
			hints.accept(other);
			other.sql(READ_ONLY).update();
		});
	}

	/**
	 * Forbids writes from now on, even to temporary tables.
	 */
	public void makeReadOnly() {
		this.jdbc.sql(READ_ONLY).update();
	}

	/**
	 * {@return the client of the view}
	 */
	JdbcClient jdbc() {
		return this.jdbc;
	}

	/** Ends the statement that another thread executes. */
	void cancel() throws SQLException {
		this.connection.unwrap(PGConnection.class).cancelQuery();
	}

	@Override
	public void close() throws SQLException {
		try {
			this.connection.rollback();
		}
		finally {
			this.connection.close();
		}
	}

	private static Snapshot begin(DataSource dataSource, Consumer<JdbcClient> first) throws SQLException {
		Connection connection = dataSource.getConnection();
		try {
			connection.setAutoCommit(false);
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			Snapshot snapshot = new Snapshot(dataSource, connection);
			first.accept(snapshot.jdbc);
			return snapshot;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Without autocommit the driver reads through a cursor. The binary format from the
	 * first execution on halves the cost of times.
	 */
	private static JdbcTemplate template(Connection connection) {
		JdbcTemplate template = new JdbcTemplate(new SingleConnectionDataSource(connection, true)) {

			@Override
			protected void applyStatementSettings(Statement statement) throws SQLException {
				super.applyStatementSettings(statement);
				statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY);
			}

		};
		template.setFetchSize(FETCH_SIZE);
		return template;
	}

}
