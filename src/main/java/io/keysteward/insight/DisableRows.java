package io.keysteward.insight;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.keysteward.insight.DisabledKeyMonitor.Alarm;
import io.keysteward.run.Run;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The decisions and actions of a run, the restores since its baseline, and the alarms
 * about disabled keys.
 */
public final class DisableRows {

	/** Alarms come first, then actions that were done, then the others. */
	private static final String SQL = """
			WITH alarm AS (
			  SELECT * FROM unnest(:sources::text[], :keys::text[], :whats::text[], :sentences::text[],
			                       :disabled::timestamptz[]) AS a (source, key_id, what, sentence, disabled_at)),
			act AS (
			  SELECT 1 AS rank, what AS state, source, key_id, NULL AS held_by, NULL AS gates, sentence AS detail,
			         NULL::timestamptz AS due_at, NULL::timestamptz AS warned_at, NULL::timestamptz AS final_at,
			         disabled_at AS done_at, false AS undoable
			  FROM alarm
			  UNION ALL
			  SELECT CASE a.outcome WHEN 'DISABLED' THEN 2 WHEN 'FAILED' THEN 3 WHEN 'SKIPPED_CHANGED' THEN 4
			                        WHEN 'WOULD_DISABLE' THEN 7 ELSE CASE a.decision WHEN 'DUE' THEN 5 ELSE 8 END END,
			         {state}, a.source, a.key_id, a.held_by, array_to_string(a.closed_gates, ', '), a.detail, a.due_at,
			         a.warned_at, a.final_at, a.done_at, a.outcome = 'DISABLED' AND a.restored_by_run IS NULL
			  FROM keysteward.actions_of(:run) a WHERE a.action = 'DISABLE'
			  UNION ALL
			  SELECT 6, 'RESTORE_' || coalesce(a.outcome, 'NOT_KNOWN'), a.source, a.key_id, NULL, NULL,
			         concat_ws(' ', a.detail, CASE r.mode WHEN 'RESTORE' THEN 'Asked for by ' || r.requested_by || ' in run '
			                                           ELSE 'Done by run ' END || r.run_key || '.'), NULL,
			         NULL, NULL, a.done_at, false
			  FROM keysteward.key_action a JOIN keysteward.run r USING (run_id)
			  WHERE a.action = 'RESTORE' AND r.started_at > :since::timestamptz AND r.started_at <= :until::timestamptz)
			"""
		.replace("{state}", ActionState.OF_DISABLING);

	private static final String ROWS = """
			, notices AS (
			  SELECT m.source, m.key_id,
			         array_agg(n.kind ORDER BY n.notice_id) AS kinds,
			         array_agg(n.status ORDER BY n.notice_id) AS statuses,
			         array_agg(n.detail ORDER BY n.notice_id) AS details,
			         array_agg(n.channel ORDER BY n.notice_id) AS channels,
			         array_agg(n.posted ORDER BY n.notice_id) AS posted
			  FROM keysteward.notice n JOIN keysteward.notice_key m USING (notice_id)
			  WHERE n.run_id = :run GROUP BY m.source, m.key_id)
			SELECT t.*, k.name, k.masked_key, coalesce(nullif(btrim(k.project_name), ''), k.project_id) AS project,
			       coalesce(nullif(btrim(k.owner_name), ''), k.owner_id) AS owner, k.idle_days, k.usage,
			       coalesce(k.known_use, k.last_used_at) AS used_at,
			       w.kinds, w.statuses, w.details, w.channels, w.posted
			FROM act t
			-- A plan that nobody has begun is of a flagged key: for those the others are not looked through.
			LEFT JOIN (SELECT * FROM keysteward.key_snapshot f
			           WHERE f.run_id = :run
			             AND (f.findings <> '{}' OR f.key_id = ANY (ARRAY(SELECT o.key_id FROM act o WHERE o.rank < 7)))) k
			  ON k.source = t.source AND k.key_id = t.key_id
			LEFT JOIN notices w ON w.source = t.source AND w.key_id = t.key_id
			ORDER BY t.rank, t.due_at NULLS LAST, t.source COLLATE "C", t.key_id COLLATE "C", t.done_at
			""";

	private final RunView stored;

	private final List<Alarm> alarms;

	private final Map<ActionState, Long> counts = new EnumMap<>(ActionState.class);

	public DisableRows(RunView stored) {
		this.stored = stored;
		this.alarms = new DisabledKeyMonitor(stored.jdbc()).alarms(stored.run().id());
		sql(stored.snapshot(), "SELECT state, count(*) AS number FROM act GROUP BY state")
			.query((RowCallbackHandler) (row) -> this.counts.put(ActionState.valueOf(row.getString("state")),
					row.getLong("number")));
	}

	/**
	 * {@return disabled keys that are still tried, active again or used again}
	 */
	public List<Alarm> alarms() {
		return this.alarms;
	}

	/**
	 * {@return the number of keys restored since the baseline}
	 */
	public long restored() {
		return this.counts.getOrDefault(ActionState.RESTORE_RESTORED, 0L);
	}

	/**
	 * {@return the number of all lines}
	 */
	public long count() {
		return this.counts.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * {@return the number of keys with a decision of the run}
	 */
	public long planned() {
		return count() - this.alarms.size()
				- this.counts.entrySet()
					.stream()
					.filter((state) -> state.getKey().ofRestore())
					.mapToLong(Map.Entry::getValue)
					.sum();
	}

	/**
	 * {@return the query for all lines, the most important first}
	 */
	public Rows.Query<DisableRow> query() {
		return new Rows.Query<>((snapshot) -> sql(snapshot, ROWS), DisableRow::of);
	}

	private StatementSpec sql(Snapshot snapshot, String sql) {
		Run baseline = this.stored.baseline();
		return this.stored.sql(snapshot, SQL + sql)
			.param("sources", alarmed(Alarm::source))
			.param("keys", alarmed(Alarm::keyId))
			.param("whats", alarmed((alarm) -> alarm.what().name()))
			.param("sentences", alarmed(Alarm::sentence))
			.param("disabled", alarmed((alarm) -> alarm.disabledAt().toString()))
			.param("since", ((baseline != null) ? baseline.state().startedAt() : Instant.EPOCH).toString())
			.param("until", this.stored.run().state().startedAt().toString());
	}

	private String[] alarmed(Function<Alarm, String> part) {
		return this.alarms.stream().map(part).toArray(String[]::new);
	}

}
