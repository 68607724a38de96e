package io.keysteward.insight;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.keysteward.run.PlannerHints;
import org.postgresql.PGStatement;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One consistent view of the governance database, read through cursors.
 */
public final class Snapshot implements AutoCloseable {

	/** More at once grow old while they are read, and the heap grows for them. */
	private static final int FETCH_SIZE = 1000;

	/** The driver's word for it. */
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
	 * {@return a view of what is stored now}
	 */
	static Snapshot take(DataSource dataSource) throws SQLException {
		return begin(dataSource, PlannerHints::forFullScan);
	}

	/**
	 * {@return the same view by another connection: for another thread, which lists the
	 * inventory}
	 */
	public Snapshot share() throws SQLException {
		String id = this.jdbc.sql("SELECT pg_export_snapshot()").query(String.class).single();
		return begin(this.dataSource, (other) -> {
			// The statement takes no parameter; the id is the server's own.
			other.sql("SET TRANSACTION SNAPSHOT '" + id + "'").update();
			PlannerHints.willBeListed(other);
			other.sql(READ_ONLY).update();
		});
	}

	/**
	 * From now on nothing is written, not even a temporary table.
	 */
	public void makeReadOnly() {
		this.jdbc.sql(READ_ONLY).update();
	}

	/**
	 * {@return what reads in it}
	 */
	JdbcClient jdbc() {
		return this.jdbc;
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
	 * The connection stays ours: without autocommit the driver reads through a cursor. In
	 * binary form from the first execution on, which halves the cost of times.
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
