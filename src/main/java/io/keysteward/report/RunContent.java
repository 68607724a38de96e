package io.keysteward.report;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.keysteward.insight.DataError;
import io.keysteward.insight.DisableRow;
import io.keysteward.insight.DisableRows;
import io.keysteward.insight.EarlyRows;
import io.keysteward.insight.ExemptionRow;
import io.keysteward.insight.FindingState;
import io.keysteward.insight.FlaggedKey;
import io.keysteward.insight.InventoryKey;
import io.keysteward.insight.KeyChange;
import io.keysteward.insight.KeyRows;
import io.keysteward.insight.PolicyLine;
import io.keysteward.insight.ProjectRow;
import io.keysteward.insight.Rows;
import io.keysteward.insight.RunChanges;
import io.keysteward.insight.RunView;
import io.keysteward.insight.Snapshot;
import io.keysteward.insight.StoredDecision;
import io.keysteward.insight.Summary;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals.ActionTotals;

/**
 * The content of a run's reports, the same for every format: read in one consistent view,
 * and checked against the control totals.
 */
public final class RunContent implements AutoCloseable {

	private final RunView stored;

	private final EarlyRows early;

	private final Rows.Source<FlaggedKey> flagged;

	private final Rows.Source<ProjectRow> projects;

	private final Map<KeyRows, Long> counts;

	private final RunChanges changes;

	private final DisableRows actions;

	private final Rows.Source<DisableRow> actionRows;

	private final Summary summary;

	private RunContent(RunView stored, EarlyRows early, List<String> remarks) {
		this.stored = stored;
		this.early = early;
		this.flagged = early.begin(FlaggedKey.query(stored.run().id()));
		this.changes = new RunChanges(stored);
		stored.snapshot().makeReadOnly();
		this.projects = early.begin(ProjectRow.query(stored));
		this.counts = KeyRows.counts(stored);
		this.actions = new DisableRows(stored);
		this.actionRows = early.begin(this.actions.query());
		this.summary = Summary.read(stored, this.changes, this.actions, remarks);
	}

	/**
	 * {@return the content of a run's reports}
	 * @param run a run with reconciled findings and a kept inventory
	 * @param remarks lines for the Summary
	 */
	static RunContent open(DataSource dataSource, Runs runs, Run run, List<String> remarks) throws SQLException {
		return open(dataSource, runs, run, EarlyRows.MANY_KEYS, remarks);
	}

	static RunContent open(DataSource dataSource, Runs runs, Run run, long manyKeys, List<String> remarks)
			throws SQLException {
		RunView stored = RunView.open(dataSource, runs, run);
		EarlyRows early = new EarlyRows(stored, manyKeys);
		try {
			return new RunContent(stored, early, remarks);
		}
		catch (RuntimeException ex) {
			close(early, stored);
			throw ex;
		}
	}

	public Run run() {
		return this.stored.run();
	}

	/**
	 * {@return the id of the installation that has the run}
	 */
	public String installation() {
		return this.stored.sql("SELECT id::text FROM keysteward.installation").query(String.class).single();
	}

	public Summary summary() {
		return this.summary;
	}

	/**
	 * {@return the number of kept keys}
	 */
	public long keys() {
		return this.stored.keys();
	}

	/**
	 * {@return a row for each key that has a finding}
	 */
	public Rows<FlaggedKey> findings() {
		long flagged = this.stored.totals().flaggedKeys();
		RowCounts.requireSame("'Findings'", flagged, "flagged keys in the control totals", count(KeyRows.FLAGGED),
				"flagged keys stored");
		return new Rows<>(flagged, this.flagged);
	}

	/**
	 * {@return each finding: open, exempt, or ended in this run}
	 */
	public Rows<FindingState> findingStates() {
		return FindingState.rows(this.stored);
	}

	/**
	 * {@return the decisions and actions}
	 */
	public Rows<DisableRow> actions() {
		ActionTotals totals = this.stored.totals().actions();
		if (totals != null) {
			RowCounts.requireSame("'Actions'", totals.planned(), "planned keys in the control totals",
					this.actions.planned(), "planned keys stored");
		}
		return new Rows<>(this.actions.count(), this.actionRows);
	}

	/**
	 * {@return findings that are new, worse, better or resolved, and keys that came or
	 * went}
	 */
	public Rows<KeyChange> changes() {
		return this.changes.rows();
	}

	/**
	 * {@return facts about the keys of each project}
	 */
	public Rows<ProjectRow> projects() {
		return new Rows<>(ProjectRow.count(this.stored), this.projects);
	}

	/**
	 * {@return every kept key}
	 */
	public Rows<InventoryKey> inventory() {
		return inventory(this.stored.snapshot());
	}

	/**
	 * {@return the same keys from the same view, on another connection}
	 */
	public Rows<InventoryKey> inventory(Snapshot snapshot) {
		RowCounts.requireSame("'All keys'", keys(), "keys in the control totals", count(KeyRows.ALL), "keys stored");
		return InventoryKey.rows(snapshot, run().id(), keys());
	}

	/**
	 * {@return the same view on another connection, for another thread}
	 */
	public Snapshot shareSnapshot() throws SQLException {
		return this.stored.snapshot().share();
	}

	/**
	 * {@return every exemption, and what it protects}
	 */
	public Rows<ExemptionRow> exemptions() {
		return ExemptionRow.rows(this.stored);
	}

	/**
	 * {@return what people decided about keys, and what came of it}
	 */
	public Rows<StoredDecision> decisions() {
		return StoredDecision.rows(this.stored);
	}

	/**
	 * {@return keys and sources that could not be read or judged, with reasons}
	 */
	public Rows<DataError> dataErrors() {
		long unreadable = this.stored.totals().dataErrors();
		RowCounts.requireSame("'Data errors'", unreadable, "data errors in the control totals",
				count(KeyRows.UNREADABLE), "data errors stored");
		return DataError.rows(this.stored, unreadable, count(KeyRows.GONE_BACK));
	}

	/**
	 * {@return the run's policy}
	 */
	public Rows<PolicyLine> policy() {
		return PolicyLine.rows(run());
	}

	@Override
	public void close() throws SQLException {
		close(this.early, this.stored);
	}

	private static void close(EarlyRows early, RunView stored) throws SQLException {
		try {
			early.close();
		}
		finally {
			stored.close();
		}
	}

	private long count(KeyRows rows) {
		return this.counts.getOrDefault(rows, 0L);
	}

}
