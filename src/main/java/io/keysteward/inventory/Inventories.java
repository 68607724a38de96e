package io.keysteward.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.keysteward.run.Totals.Kept;
import io.keysteward.run.Totals.SourceTotals;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The inventories of all runs, each a partition of {@code key_snapshot}.
 */
@Repository
public class Inventories {

	private final JdbcClient jdbc;

	Inventories(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Creates the partition for a run's inventory unless it exists. */
	public void open(long runId) {
		this.jdbc.sql("SELECT keysteward.open_inventory(:run)").param("run", runId).query().listOfRows();
	}

	/**
	 * Deletes the stored keys of one source in a run, since a reading is complete or
	 * repeated.
	 */
	public void discard(long runId, String source) {
		this.jdbc.sql("DELETE FROM keysteward.key_snapshot WHERE run_id = :run AND source = :source")
			.param("run", runId)
			.param("source", source)
			.update();
	}

	/**
	 * Updates the planner's statistics after a run's inventory is written.
	 */
	public void analyze(long runId) {
		this.jdbc.sql("SELECT keysteward.analyze_inventory(:run)").param("run", runId).query().listOfRows();
	}

	/**
	 * {@return for each source that was read, the reader's count and the counts of stored
	 * keys}
	 */
	public List<SourceTotals> totals(long runId) {
		return this.jdbc.sql("""
				SELECT s.source, s.read_rows AS read, coalesce(k.judged, 0) AS judged,
				       coalesce(k.data_errors, 0) AS data_errors, coalesce(k.not_governed, 0) AS not_governed,
				       coalesce(k.not_active, 0) AS not_active, coalesce(k.flagged, 0) AS flagged, s.remasked
				FROM keysteward.run_source s
				LEFT JOIN (SELECT source, count(*) FILTER (WHERE judgement = 'JUDGED') AS judged,
				                  count(*) FILTER (WHERE judgement = 'DATA_ERROR') AS data_errors,
				                  count(*) FILTER (WHERE judgement = 'NOT_GOVERNED') AS not_governed,
				                  count(*) FILTER (WHERE judgement = 'NOT_ACTIVE') AS not_active,
				                  count(*) FILTER (WHERE findings <> '{}') AS flagged
				           FROM keysteward.key_snapshot WHERE run_id = :run GROUP BY source) k USING (source)
				WHERE s.run_id = :run AND s.status = 'READ'
				ORDER BY s.source
				""").param("run", runId).query(Inventories::totals).list();
	}

	private static SourceTotals totals(ResultSet row, int number) throws SQLException {
		return new SourceTotals(row.getString("source"), row.getLong("read"), row.getLong("judged"),
				row.getLong("data_errors"), row.getLong("not_governed"), row.getLong("not_active"),
				row.getLong("flagged"), row.getLong("remasked"));
	}

	/**
	 * {@return the same for a run that does not keep all keys: the reader's counts, and
	 * the counts of stored keys}
	 */
	public List<SourceTotals> keptTotals(long runId) {
		return this.jdbc.sql("""
				SELECT s.source, s.read_rows, s.judged_rows, s.data_error_rows, s.not_governed_rows, s.not_active_rows,
				       s.flagged_rows, s.remasked, s.stored_rows, count(k.key_id) AS rows,
				       count(*) FILTER (WHERE k.findings <> '{}') AS flagged,
				       count(*) FILTER (WHERE k.judgement = 'DATA_ERROR') AS data_errors
				FROM keysteward.run_source s
				LEFT JOIN keysteward.key_snapshot k ON k.run_id = :run AND k.source = s.source
				WHERE s.run_id = :run AND s.status = 'READ'
				GROUP BY s.run_id, s.source
				ORDER BY s.source
				""").param("run", runId).query(Inventories::keptTotals).list();
	}

	private static SourceTotals keptTotals(ResultSet row, int number) throws SQLException {
		return new SourceTotals(row.getString("source"), row.getLong("read_rows"), row.getLong("judged_rows"),
				row.getLong("data_error_rows"), row.getLong("not_governed_rows"), row.getLong("not_active_rows"),
				row.getLong("flagged_rows"), row.getLong("remasked"), new Kept(row.getLong("stored_rows"),
						row.getLong("rows"), row.getLong("flagged"), row.getLong("data_errors")));
	}

	/**
	 * {@return the rows of the source in the last run that read all of it; 0: no such
	 * run}
	 */
	public long lastCount(String source, long beforeRun) {
		return this.jdbc.sql("""
				SELECT s.read_rows FROM keysteward.run_source s JOIN keysteward.run r USING (run_id)
				WHERE s.source = :source AND s.status = 'READ' AND s.run_id < :run AND r.projects IS NULL
				  AND r.status <> 'SET_ASIDE'
				ORDER BY s.run_id DESC LIMIT 1
				""").param("source", source).param("run", beforeRun).query(Long.class).optional().orElse(0L);
	}

	/**
	 * Drops old inventories; findings stay. The last complete run's is never dropped.
	 * @param keep the number of newest inventories to keep
	 * @return the number of dropped inventories
	 */
	public int dropOld(int keep) {
		List<Long> old = this.jdbc.sql("""
				WITH kept AS (
				  (SELECT run_id FROM keysteward.run WHERE mode <> 'RESTORE' ORDER BY run_id DESC LIMIT :keep)
				  UNION
				  (SELECT run_id FROM keysteward.run WHERE status = 'COMPLETE' AND NOT narrowed
				   ORDER BY run_id DESC LIMIT 1))
				SELECT r.run_id FROM keysteward.run r
				WHERE r.run_id NOT IN (SELECT run_id FROM kept)
				  AND to_regclass('keysteward.key_snapshot_r' || r.run_id) IS NOT NULL
				ORDER BY r.run_id
				""").param("keep", keep).query(Long.class).list();
		old.forEach(this::drop);
		return old.size();
	}

	/**
	 * Drops inventories without a run.
	 * @return the ids of the missing runs
	 */
	public List<Long> dropStray() {
		List<Long> stray = this.jdbc.sql("""
				SELECT id FROM (
				  SELECT substring(c.relname FROM '^key_snapshot_r(\\d+)$')::bigint AS id
				  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
				  WHERE i.inhparent = 'keysteward.key_snapshot'::regclass) AS inventory
				WHERE id NOT IN (SELECT run_id FROM keysteward.run)
				ORDER BY id
				""").query(Long.class).list();
		stray.forEach(this::drop);
		return stray;
	}

	private void drop(long run) {
		this.jdbc.sql("SELECT keysteward.drop_inventory(:run)").param("run", run).query().listOfRows();
	}

	/**
	 * {@return whether the run's inventory is still kept}
	 */
	public boolean has(long runId) {
		return this.jdbc.sql("SELECT to_regclass('keysteward.key_snapshot_r' || :run) IS NOT NULL")
			.param("run", runId)
			.query(Boolean.class)
			.single();
	}

}
