package io.keysteward.insight;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.keysteward.run.Totals;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The keys of a run's inventory, each with its level and the findings that were open
 * after the run.
 */
public enum KeyRows {

	/**
	 * Every key, with the columns of the list only, so that the database leaves out
	 * unused joins; that halves its work for a million keys.
	 */
	ALL("""
			source, key_id, name, masked_key, project_id, project_name, project_state, owner_id, owner_name, owner_email,
			owner_state, created_at, used_at, usage, expires_at, status, kind, last_denied_at, referenced_by, judgement, idle_days, finding_list,
			level, exemption
			""",
			"true", """
					source COLLATE "C", key_id COLLATE "C"
					"""),

	/** Judged keys with at least one finding, violations first. */
	FLAGGED("*", "k.judgement = 'JUDGED' AND k.findings <> '{}'", """
			CASE level WHEN 'VIOLATION' THEN 1 WHEN 'WARN' THEN 2 ELSE 3 END, source COLLATE "C",
			project COLLATE "C" NULLS LAST, key_id COLLATE "C"
			"""),

	/** Keys with a data error. */
	UNREADABLE("*", "k.judgement = 'DATA_ERROR'", """
			source COLLATE "C", key_id COLLATE "C"
			"""),

	/**
	 * Keys whose source shows an older last use than an earlier reading.
	 */
	GONE_BACK("*", "k.known_use IS NOT NULL", """
			source COLLATE "C", key_id COLLATE "C"
			""");

	private static final String LEVEL = """
			CASE WHEN k.judgement <> 'JUDGED' OR k.findings = '{}' THEN NULL
			     WHEN k.exemption IS NOT NULL AND cardinality(k.exempted_by) = cardinality(k.findings)
			          AND array_position(k.exempted_by, NULL) IS NULL THEN 'exempt'
			     WHEN o.level IS NOT NULL THEN o.level
			     WHEN k.violations <> '{}' THEN 'VIOLATION' ELSE 'WARN' END
			""";

	/** The keys, and what was open of each. */
	private static final String KEYS = """
			FROM keysteward.key_snapshot k
			LEFT JOIN (SELECT source, key_id, array_agg(rule) AS rules, array_agg(first_seen_at) AS since,
			                  min(first_seen_at) AS first_seen,
			                  CASE WHEN bool_or(level = 'VIOLATION') THEN 'VIOLATION' ELSE 'WARN' END AS level
			           FROM keysteward.findings_at(:run) GROUP BY source, key_id) o
			       ON o.source = k.source AND o.key_id = k.key_id
			""";

	private static final String SELECT = """
			SELECT k.*, coalesce(k.known_use, k.last_used_at) AS used_at, coalesce(nullif(btrim(k.project_name), ''), k.project_id) AS project,
			       coalesce(nullif(btrim(k.owner_name), ''), k.owner_id) AS owner,
			       array_to_string(k.findings, ', ') AS finding_list, array_to_string(k.reasons, ' ') AS reason_list,
			       {level} AS level,
			       CASE WHEN k.exemption IS NOT NULL THEN
			         (SELECT string_agg(x.exemption_id || ' until ' || to_char(x.expires_at AT TIME ZONE 'UTC',
			                 CASE WHEN x.expires_at = date_trunc('day', x.expires_at, 'UTC')
			                      THEN 'YYYY-MM-DD' ELSE 'YYYY-MM-DD HH24:MI' END), ', '
			                            ORDER BY x.expires_at, x.exemption_id COLLATE "C")
			          FROM keysteward.run_exemption x
			          WHERE x.run_id = k.run_id AND x.exemption_id = ANY (k.exempted_by)) END AS exempt_by,
			       CASE WHEN k.exemption IS NOT NULL THEN
			         (SELECT min(x.expires_at) FROM keysteward.run_exemption x
			          WHERE x.run_id = k.run_id AND x.exemption_id = ANY (k.exempted_by)) END AS exempt_until,
			       o.rules AS open_rules, o.since AS open_since, o.first_seen,
			       {state} AS action_state, a.held_by, 'APPROVAL' = ANY (a.closed_gates) AS approval_missing, a.detail AS action_detail, a.due_at,
			       a.due_at > (SELECT as_of FROM keysteward.run WHERE run_id = :run) AS due_later, a.done_at
			{keys}
			LEFT JOIN keysteward.actions_of(:run) a
			       ON a.action = 'DISABLE' AND a.source = k.source AND a.key_id = k.key_id
			WHERE k.run_id = :run AND\s
			"""
		.replace("{level}", LEVEL)
		.replace("{keys}", KEYS)
		.replace("{state}", ActionState.OF_DISABLING);

	private final String columns;

	private final String condition;

	private final String order;

	KeyRows(String columns, String condition, String order) {
		this.columns = columns;
		this.condition = condition;
		this.order = order;
	}

	/**
	 * {@return the number of keys of each kind}
	 */
	public static Map<KeyRows, Long> counts(RunView stored) {
		String counts = Arrays.stream(values())
			.map((rows) -> "count(*) FILTER (WHERE " + rows.condition + ") AS " + rows.name())
			.collect(Collectors.joining(", "));
		Map<KeyRows, Long> found = new EnumMap<>(KeyRows.class);
		stored.sql("SELECT " + counts + " FROM keysteward.key_snapshot k WHERE k.run_id = :run")
			.query((RowCallbackHandler) (row) -> {
				for (KeyRows rows : values()) {
					found.put(rows, row.getLong(rows.name()));
				}
			});
		return found;
	}

	void each(RunView stored, RowCallbackHandler consumer) {
		each(stored.snapshot(), stored.run().id(), consumer);
	}

	void each(Snapshot snapshot, long run, RowCallbackHandler consumer) {
		statement(snapshot, run).query(consumer);
	}

	StatementSpec statement(Snapshot snapshot, long run) {
		return snapshot.jdbc()
			.sql("SELECT " + this.columns + " FROM (" + SELECT + this.condition + ") r ORDER BY " + this.order)
			.param("run", run);
	}

	/**
	 * {@return the number of keys in each state, the states in words for people}
	 * @param standings the flagged keys by standing
	 */
	static List<Figure> states(Totals totals, Map<Standing, Long> standings) {
		return List.of(new Figure("No finding", totals.judged() - totals.flaggedKeys()),
				new Figure("Warning", standings.getOrDefault(Standing.WARN, 0L)),
				new Figure("Violation", standings.getOrDefault(Standing.VIOLATION, 0L)),
				new Figure("Exempt", standings.getOrDefault(Standing.EXEMPT, 0L)),
				new Figure("Data error", totals.dataErrors()), new Figure("Not governed", totals.notGoverned()),
				new Figure("Not active", totals.notActive()));
	}

	/**
	 * {@return the number of flagged keys by standing, without standings that no key has}
	 */
	static Map<Standing, Long> standings(RunView stored) {
		Map<Standing, Long> standings = new EnumMap<>(Standing.class);
		stored
			.sql("SELECT " + LEVEL + " AS level, count(*) AS keys " + KEYS + " WHERE k.run_id = :run AND "
					+ FLAGGED.condition + " GROUP BY 1")
			.query((RowCallbackHandler) (row) -> standings.put(Standing.of(row.getString("level")),
					row.getLong("keys")));
		return standings;
	}

	/**
	 * A number with its name.
	 *
	 * @param label its name
	 * @param number the number
	 */
	public record Figure(String label, long number) {
	}

}
