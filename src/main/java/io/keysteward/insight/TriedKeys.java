package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import io.keysteward.insight.DisabledKeyMonitor.Alarm;
import io.keysteward.insight.DisabledKeyMonitor.Cause;
import io.keysteward.run.StoredTime;
import io.keysteward.text.Plural;
import io.keysteward.text.UtcMinute;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds disabled keys that something still tries, however long ago they were disabled:
 * what runs once a quarter comes late.
 */
final class TriedKeys {

	/**
	 * An attempt counts if it is certainly later than the disabling took effect, and is
	 * news if a reading since the baseline was the first to see it. How many attempts
	 * there were is not known, but on how many days a reading has seen a newer one is.
	 */
	private static final String SQL = """
			WITH disabled AS (
			  SELECT DISTINCT ON (a.source, a.key_id) a.source, a.key_id, a.done_at, a.restored_by_run,
			         a.done_at + make_interval(secs => coalesce((a.evidence ->> 'effective_within_seconds')::float8, 60))
			           AS effective_at
			  FROM keysteward.key_action a
			  WHERE a.action = 'DISABLE' AND a.outcome = 'DISABLED' AND a.run_id < :run
			    AND (a.source, a.key_id) IN (
			      SELECT d.source, d.key_id FROM keysteward.key_denied d
			      WHERE d.seen_run <= :run
			        AND d.seen_run > coalesce((SELECT baseline_run_id FROM keysteward.run WHERE run_id = :run), 0))
			  ORDER BY a.source, a.key_id, a.run_id DESC),
			reading AS (
			  SELECT q.source, q.run_id, q.snapshot_at - q.skew AS at, q.skew + q.granularity AS doubt,
			         ((q.snapshot_at - q.skew) AT TIME ZONE 'UTC')::date AS day, r.projects IS NULL AS whole, r.has_inventory AS kept
			  FROM (SELECT *, make_interval(secs => coalesce(clock_skew_ms, 0) / 1000.0) AS skew,
			               make_interval(secs => coalesce(granularity_seconds, 0)) AS granularity
			        FROM keysteward.run_source) q
			  JOIN keysteward.run r USING (run_id)
			  WHERE q.run_id <= :run AND q.status = 'READ' AND 'last_denied_at' = ANY (q.columns)
			    AND (r.status <> 'SET_ASIDE' OR r.run_id = :run))
			SELECT d.source, d.key_id, k.name, d.done_at, t.last, t.tried, t.days, t.kept, d.restored_by_run = :run AS restored
			FROM disabled d
			JOIN reading s ON s.source = d.source AND s.run_id = :run
			JOIN LATERAL (SELECT * FROM keysteward.key_snapshot c
			              WHERE c.run_id = :run AND c.source = d.source AND c.key_id = d.key_id LIMIT 1) k ON true
			JOIN LATERAL (
			  SELECT max(n.denied_at) AS last, count(DISTINCT q.day) FILTER (WHERE n.key_id IS NOT NULL AND q.kept) AS tried,
			         count(DISTINCT q.day) FILTER (WHERE q.kept) AS days, bool_and(q.kept) AS kept,
			         bool_or(n.key_id IS NOT NULL
			                 AND q.run_id > coalesce((SELECT baseline_run_id FROM keysteward.run WHERE run_id = :run), 0)) AS news
			  FROM reading q
			  LEFT JOIN keysteward.key_denied n ON n.source = d.source AND n.key_id = d.key_id AND n.seen_run = q.run_id
			                                   AND n.denied_at - q.doubt > d.effective_at
			  WHERE q.source = d.source AND q.at > d.effective_at AND (q.whole OR n.key_id IS NOT NULL)) t ON t.news
			WHERE k.status IS DISTINCT FROM 'ACTIVE'
			  AND (d.restored_by_run IS NULL OR d.restored_by_run = :run OR EXISTS (
			    SELECT FROM keysteward.key_action u
			    WHERE u.run_id = d.restored_by_run AND u.source = d.source AND u.key_id = d.key_id
			      AND u.action = 'RESTORE' AND u.intended_at > s.at))
			ORDER BY d.source COLLATE "C", d.key_id COLLATE "C"
			""";

	private final JdbcClient jdbc;

	TriedKeys(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the keys that something has tried since the run before, each an alarm}
	 */
	List<Alarm> alarms(long runId) {
		return this.jdbc.sql(SQL).param("run", runId).query(TriedKeys::alarm).list();
	}

	private static Alarm alarm(ResultSet row, int number) throws SQLException {
		Instant disabledAt = StoredTime.required(row, "done_at");
		return new Alarm(row.getString("source"), row.getString("key_id"), row.getString("name"), disabledAt,
				Cause.STILL_TRIED, null,
				"Disabled on " + UtcMinute.of(disabledAt) + ", and still tried: " + days(row)
						+ ", as far as is known for the last time on " + UtcMinute.of(StoredTime.required(row, "last"))
						+ "." + restored(row));
	}

	private static String days(ResultSet row) throws SQLException {
		return "on " + row.getLong("tried") + " of the " + (row.getBoolean("kept") ? "" : "last ")
				+ Plural.of(row.getLong("days"), "day") + " on which its source was read"
				+ (row.getBoolean("kept") ? " since" : "");
	}

	private static String restored(ResultSet row) throws SQLException {
		return row.getBoolean("restored") ? " That was within disable.trial: this run switched it on again." : "";
	}

}
