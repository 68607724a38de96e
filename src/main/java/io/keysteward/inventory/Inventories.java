package io.keysteward.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.keysteward.run.Totals.SourceTotals;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The inventories of all runs, each a part of {@code key_snapshot}.
 */
@Repository
public class Inventories {

	private final JdbcClient jdbc;

	private final Denials denials;

	Inventories(JdbcClient jdbc, Denials denials) {
		this.jdbc = jdbc;
		this.denials = denials;
	}

	/**
	 * Updates the planner's statistics after inventories are written.
	 */
	public void analyze() {
		this.jdbc.sql("SELECT keysteward.analyze_inventory()").query().listOfRows();
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
	 * @param before those of runs as of an earlier instant are dropped
	 * @return the number of dropped inventories
	 */
	@Transactional
	public int dropOld(Instant before) {
		int dropped = this.jdbc.sql("""
				UPDATE keysteward.run SET has_inventory = false
				WHERE has_inventory AND as_of < :before
				  AND run_id IS DISTINCT FROM (SELECT max(run_id) FROM keysteward.run
				                               WHERE status = 'COMPLETE' AND NOT narrowed)
				""").param("before", before.atOffset(ZoneOffset.UTC)).update();
		if (dropped > 0) {
			deleteUnread();
			this.denials.deleteUnread();
		}
		return dropped;
	}

	/** Deletes what no run reads any more, plans too. What is so now stays. */
	private void deleteUnread() {
		this.jdbc.sql("""
				DELETE FROM keysteward.key_action a USING keysteward.run r
				WHERE r.run_id = a.run_id AND NOT r.has_inventory AND r.mode <> 'RESTORE' AND a.intended_at IS NULL
				  AND (a.until_run IS NULL
				       OR a.until_run <= (SELECT min(run_id) FROM keysteward.run WHERE has_inventory AND shares_plans))
				""").update();
		this.jdbc.sql("""
				UPDATE keysteward.run_source s SET reading = NULL FROM keysteward.run r
				WHERE r.run_id = s.run_id AND NOT r.has_inventory AND s.reading IS NOT NULL
				""").update();
		this.jdbc.sql("""
				DELETE FROM keysteward.key_record_before k
				USING (SELECT DISTINCT source FROM keysteward.run_source) s
				WHERE k.source = s.source
				  AND (k.reading > 0 AND k.until <= coalesce((SELECT min(o.reading) FROM keysteward.run_source o
				                                              WHERE o.source = s.source AND o.reading > 0), 2147483647)
				       OR k.reading < 0 AND NOT EXISTS (SELECT FROM keysteward.run_source o
				                                        WHERE o.source = k.source AND o.reading = k.reading))
				""").update();
		this.jdbc.sql("""
				DELETE FROM keysteward.key_use_before u
				WHERE u.reading <= coalesce((SELECT min(o.reading) FROM keysteward.run_source o
				                             WHERE o.source = u.source AND o.reading > 0), 2147483647)
				""").update();
	}

	/**
	 * {@return whether the run's inventory is still kept}
	 */
	public boolean has(long runId) {
		return this.jdbc.sql("SELECT has_inventory FROM keysteward.run WHERE run_id = :run")
			.param("run", runId)
			.query(Boolean.class)
			.single();
	}

}
