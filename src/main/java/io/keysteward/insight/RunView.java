package io.keysteward.insight;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The stored rows of a run, read through cursors in one consistent transaction.
 */
public final class RunView implements AutoCloseable {

	private static final int TREND = 12;

	private final Snapshot snapshot;

	private final Run run;

	private final Totals totals;

	private final List<RunSource> sources;

	private final List<RunHold> holds;

	private final @Nullable Run baseline;

	private final List<Run> trend;

	private RunView(Snapshot snapshot, Runs runs, Run run, Totals totals) {
		this.snapshot = snapshot;
		this.run = run;
		this.totals = totals;
		this.sources = runs.sources(run.id());
		this.holds = runs.holds(run.id());
		this.baseline = Optional.ofNullable(run.baselineId()).map(runs::get).orElse(null);
		this.trend = runs.baselines(run.id(), TREND);
	}

	/**
	 * {@return a view of a run with reconciled findings and a kept inventory}
	 * @throws Failure where findings or inventory are missing
	 */
	public static RunView open(DataSource dataSource, Runs runs, Run run) throws SQLException {
		Totals totals = run.totals();
		if (totals == null) {
			throw Failure.configuration("Run '" + run.key() + "' is " + run.status()
					+ " and has no control totals yet: there is nothing to report; start it again to continue it");
		}
		Snapshot snapshot = Snapshot.take(dataSource);
		try {
			RunView stored = new RunView(snapshot, runs, run, totals);
			stored.requireInventory();
			return stored;
		}
		catch (RuntimeException ex) {
			snapshot.close();
			throw ex;
		}
	}

	/**
	 * {@return the snapshot in which the run is read}
	 */
	public Snapshot snapshot() {
		return this.snapshot;
	}

	public Run run() {
		return this.run;
	}

	public Totals totals() {
		return this.totals;
	}

	/**
	 * {@return the number of keys in the inventory by the control totals}
	 */
	public long keys() {
		return this.totals.sources().stream().mapToLong(Totals.SourceTotals::stored).sum();
	}

	public List<RunSource> sources() {
		return this.sources;
	}

	/**
	 * {@return the sources that could not be read}
	 */
	public List<RunSource> unread() {
		return this.sources.stream().filter((source) -> source.status() != RunSource.Status.READ).toList();
	}

	/**
	 * {@return the closed gates of the run and its sources}
	 */
	public List<RunHold> holds() {
		return this.holds;
	}

	public @Nullable Run baseline() {
		return this.baseline;
	}

	/**
	 * {@return the last runs that read everything, up to this one, the newest first}
	 */
	public List<Run> trend() {
		return this.trend;
	}

	/**
	 * {@return the client of the run's transaction}
	 */
	JdbcClient jdbc() {
		return this.snapshot.jdbc();
	}

	/**
	 * {@return a statement with its parameter {@code run} set}
	 */
	public StatementSpec sql(String sql) {
		return sql(this.snapshot, sql);
	}

	StatementSpec sql(Snapshot snapshot, String sql) {
		return snapshot.jdbc().sql(sql).param("run", this.run.id());
	}

	/**
	 * {@return whether a run's inventory is still kept}
	 */
	boolean hasInventory(Run which) {
		return jdbc().sql("SELECT has_inventory FROM keysteward.run WHERE run_id = :id")
			.param("id", which.id())
			.query(Boolean.class)
			.single();
	}

	@Override
	public void close() throws SQLException {
		this.snapshot.close();
	}

	private void requireInventory() {
		if (keys() > 0 && !hasInventory(this.run)) {
			throw Failure.configuration("Run '" + this.run.key()
					+ "': its inventory is not kept any more, so its workbook cannot be written again");
		}
	}

}
