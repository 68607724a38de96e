package io.keysteward.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.keysteward.key.Failure;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.WholeInventory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What a run has stored, read through cursors in one consistent transaction.
 */
final class StoredRun implements AutoCloseable {

	private static final int FETCH_SIZE = 5000;

	/** The driver's word for it. */
	private static final int BINARY = -1;

	private static final int TREND = 12;

	private final Connection connection;

	private final JdbcClient jdbc;

	private final Run run;

	private final Totals totals;

	private final List<RunSource> sources;

	private final List<RunHold> holds;

	private final @Nullable Run baseline;

	private final List<Run> trend;

	private StoredRun(Connection connection, Runs runs, Run run, Totals totals) {
		this.connection = connection;
		this.jdbc = JdbcClient.create(template(connection));
		this.run = run;
		this.totals = totals;
		this.sources = runs.sources(run.id());
		this.holds = runs.holds(run.id());
		this.baseline = Optional.ofNullable(run.baselineId()).map(runs::get).orElse(null);
		this.trend = runs.baselines(run.id(), TREND);
	}

	/**
	 * {@return a run whose findings are reconciled and whose inventory is kept}
	 * @throws Failure where it is not
	 */
	static StoredRun open(DataSource dataSource, Runs runs, Run run) throws SQLException {
		Totals totals = run.totals();
		if (totals == null) {
			throw Failure.configuration("Run '" + run.key() + "' is " + run.status()
					+ " and has no control totals yet: there is nothing to report; start it again to continue it");
		}
		Connection connection = dataSource.getConnection();
		try {
			connection.setAutoCommit(false);
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			StoredRun stored = new StoredRun(connection, runs, run, totals);
			WholeInventory.willBeRead(stored.jdbc);
			stored.requireInventory();
			return stored;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * From now on nothing is written, not even a temporary table.
	 */
	void onlyRead() {
		this.jdbc.sql("SET TRANSACTION READ ONLY").update();
	}

	Run run() {
		return this.run;
	}

	Totals totals() {
		return this.totals;
	}

	/**
	 * {@return keys in the inventory, by the control totals}
	 */
	long keys() {
		return this.totals.sources().stream().mapToLong(Totals.SourceTotals::stored).sum();
	}

	List<RunSource> sources() {
		return this.sources;
	}

	/**
	 * {@return the sources that could not be read}
	 */
	List<RunSource> unread() {
		return this.sources.stream().filter((source) -> source.status() != RunSource.Status.READ).toList();
	}

	/**
	 * {@return what held the run or a source of it}
	 */
	List<RunHold> holds() {
		return this.holds;
	}

	@Nullable Run baseline() {
		return this.baseline;
	}

	/**
	 * {@return the last whole runs up to this one, the newest first}
	 */
	List<Run> trend() {
		return this.trend;
	}

	/**
	 * {@return what reads in the run's transaction}
	 */
	JdbcClient jdbc() {
		return this.jdbc;
	}

	/**
	 * {@return a statement over what is stored, its parameter {@code run} set}
	 */
	StatementSpec sql(String sql) {
		return this.jdbc.sql(sql).param("run", this.run.id());
	}

	/**
	 * {@return whether a run's inventory is still kept}
	 */
	boolean hasInventory(Run which) {
		return this.jdbc.sql("SELECT to_regclass('keysteward.key_snapshot_r' || :id) IS NOT NULL")
			.param("id", which.id())
			.query(Boolean.class)
			.single();
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

	private void requireInventory() {
		if (keys() > 0 && !hasInventory(this.run)) {
			throw Failure.configuration("Run '" + this.run.key()
					+ "': its inventory is not kept any more, so its workbook cannot be written again");
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
