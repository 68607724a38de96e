package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.keysteward.insight.KeyExplanation.GateLine;
import io.keysteward.insight.KeyExplanation.GateState;
import io.keysteward.insight.KeyExplanation.RuleLine;
import io.keysteward.key.Level;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.run.Gate;
import io.keysteward.run.PolicyDocument.RuleText;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.Runs;
import io.keysteward.run.StoredTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Explains a key by what its run has stored: nothing is judged or planned again.
 */
@Repository
public class KeyExplainer {

	private final JdbcClient jdbc;

	private final Runs runs;

	private final ActionHistory actions;

	KeyExplainer(JdbcClient jdbc, Runs runs, ActionHistory actions) {
		this.jdbc = jdbc;
		this.runs = runs;
		this.actions = actions;
	}

	/**
	 * {@return why a run treats a key as it does, and all that has happened to it since}
	 */
	public KeyExplanation explain(Run run, FoundKey key) {
		return explain(run, key, this.actions.read(key, run));
	}

	/**
	 * {@return the same as it was known after the run, before the next one}
	 */
	public KeyExplanation explainAsOf(Run run, FoundKey key) {
		return explain(run, key, this.actions.readAsOf(key, run));
	}

	private KeyExplanation explain(Run run, FoundKey key, KeyHistory history) {
		Optional<PlannedKey> planned = planned(run, key);
		return new KeyExplanation(run, key, rules(run, key),
				planned.map((plan) -> gates(plan, this.runs.holds(run.id()))).orElse(List.of()),
				planned.map(PlannedKey::dueAt).orElse(null), history);
	}

	/** Of a key that could not be judged, findings of earlier runs stay open. */
	private List<RuleLine> rules(Run run, FoundKey key) {
		Map<String, RuleLine> found = this.jdbc.sql("""
				SELECT rule, u.reason, u.exempted_by, f.level, f.first_seen_at,
				       coalesce(u.violation_at, f.first_seen_at + u.grace_days * interval '24 hours') AS violation_at
				FROM (SELECT u.* FROM keysteward.key_snapshot k
				      CROSS JOIN LATERAL unnest(k.findings, k.reasons, k.violation_at, k.grace_days, k.exempted_by)
				                 AS u (rule, reason, violation_at, grace_days, exempted_by)
				      WHERE k.run_id = :run AND k.source = :source AND k.key_id = :key) u
				FULL JOIN (SELECT * FROM keysteward.findings_at(:run) WHERE source = :source AND key_id = :key) f
				       USING (rule)
				""")
			.param("run", run.id())
			.param("source", key.source())
			.param("key", key.keyId())
			.query((row, number) -> finding(run, key, row))
			.list()
			.stream()
			.collect(Collectors.toMap(RuleLine::rule, Function.identity()));
		return run.policy()
			.rules()
			.stream()
			.map((rule) -> found.getOrDefault(rule.code(),
					new RuleLine(rule.code(), null, null, null, null, null, rule.definition(),
							settings(run, key, rule))))
			.sorted(Comparator.comparing((line) -> line.reason() == null && line.level() == null))
			.toList();
	}

	private static RuleLine finding(Run run, FoundKey key, ResultSet row) throws SQLException {
		String code = row.getString("rule");
		String level = row.getString("level");
		RuleText rule = run.policy()
			.rules()
			.stream()
			.filter((text) -> text.code().equals(code))
			.findFirst()
			.orElse(new RuleText(code, "", List.of()));
		return new RuleLine(code, (level != null) ? Level.valueOf(level) : null, StoredTime.of(row, "first_seen_at"),
				StoredTime.of(row, "violation_at"), row.getString("exempted_by"), row.getString("reason"),
				rule.definition(), settings(run, key, rule));
	}

	private static List<String> settings(Run run, FoundKey key, RuleText rule) {
		String prefix = rule.code().toLowerCase(Locale.ROOT) + ".";
		return run.policy()
			.settings()
			.keySet()
			.stream()
			.filter((name) -> name.startsWith(prefix))
			.sorted()
			.map((name) -> setting(name, run.policy().setting(name, key.source(), key.projectId())))
			.toList();
	}

	private static String setting(String name, String value) {
		return name + " " + (value.isBlank() ? "none" : value);
	}

	private Optional<PlannedKey> planned(Run run, FoundKey key) {
		if (key.judgement() != Judgement.JUDGED) {
			return Optional.empty();
		}
		return this.jdbc
			.sql("""
					SELECT a.closed_gates, a.detail, a.due_at, a.warned_at, a.final_at, k.kind, t.idle, t.threshold_at, t.exempt_until,
					       t.exempt, coalesce('referenced_by' = ANY (s.columns), false) AS shows_references,
					       -- A plan that another run has written has the days of that one.
					       coalesce(CASE WHEN a.run_id = :run THEN (a.evidence ->> 'seen_days')::int END,
					                CASE WHEN a.evidence ->> 'rule' = 'ORPHANED' THEN t.both_seen_days ELSE t.idle_seen_days END)
					         AS seen_days
					FROM keysteward.actions_of(:run) a
					JOIN keysteward.key_snapshot k ON k.run_id = :run AND k.source = a.source AND k.key_id = a.key_id
					JOIN keysteward.run_source s ON s.run_id = :run AND s.source = a.source
					CROSS JOIN LATERAL (
					  SELECT bool_or(u.rule = 'IDLE' AND f.rule IS NOT NULL) AS idle,
					         min(coalesce(u.violation_at, f.first_seen_at + u.grace_days * interval '24 hours'))
					           FILTER (WHERE f.rule IS NOT NULL) AS threshold_at,
					         bool_or(u.exempted_by IS NOT NULL) AS exempt, min(x.expires_at) AS exempt_until,
					         max(s.seen_days) FILTER (WHERE u.rule = 'IDLE') AS idle_seen_days, min(s.seen_days) AS both_seen_days
					  FROM unnest(k.findings, k.violation_at, k.grace_days, k.exempted_by)
					       AS u (rule, violation_at, grace_days, exempted_by)
					  LEFT JOIN keysteward.findings_at(:run) f
					         ON f.source = k.source AND f.key_id = k.key_id AND f.rule = u.rule
					  LEFT JOIN keysteward.finding s
					         ON s.source = k.source AND s.key_id = k.key_id AND s.rule = u.rule AND s.last_seen_run = :run
					  LEFT JOIN keysteward.run_exemption x ON x.run_id = :run AND x.exemption_id = u.exempted_by
					  WHERE u.rule IN ('IDLE', 'ORPHANED')) t
					WHERE a.action = 'DISABLE' AND a.source = :source AND a.key_id = :key
					""")
			.param("run", run.id())
			.param("source", key.source())
			.param("key", key.keyId())
			.query((row, number) -> new PlannedKey(run, key,
					PlannedKey.reasons(StoredList.read(row, "closed_gates"), row.getString("detail")),
					StoredTime.of(row, "due_at"), StoredTime.of(row, "warned_at"), StoredTime.of(row, "final_at"),
					row.getObject("seen_days", Integer.class), row.getBoolean("idle"), row.getString("kind"),
					row.getBoolean("shows_references"), StoredTime.of(row, "threshold_at"), row.getBoolean("exempt"),
					StoredTime.of(row, "exempt_until")))
			.optional();
	}

	private static List<GateLine> gates(PlannedKey key, List<RunHold> holds) {
		GateText words = new GateText(key);
		List<GateLine> lines = new ArrayList<>();
		for (Gate gate : Gate.values()) {
			String closed = key.closed().get(gate);
			if (closed != null) {
				lines.add(new GateLine(gate, GateState.CLOSED, closed, words.opens(gate), words.opensAt(gate)));
			}
			else if (gate != Gate.WARNINGS) {
				boolean asked = key.asked(gate);
				lines.add(new GateLine(gate, asked ? GateState.OPEN : GateState.NOT_ASKED,
						asked ? words.open(gate) : notAsked(gate), null, null));
			}
		}
		if (key.closed().containsKey(Gate.NOTICE)) {
			holds.stream()
				.filter(RunHold::ofWarnings)
				.forEach((hold) -> lines.add(new GateLine(Gate.WARNINGS, GateState.CLOSED, hold.detail(),
						words.opens(Gate.WARNINGS), null)));
		}
		lines.sort(Comparator.comparing(GateLine::state));
		return lines;
	}

	private static String notAsked(Gate gate) {
		return switch (gate) {
			case BREAKER -> "It is asked only of keys that no other gate holds.";
			case REFERENCED -> "Not known: its source does not say what else names a key (select.sql has no column"
					+ " referenced_by).";
			default -> "A gate above it holds the key already, and its answer would mean nothing.";
		};
	}

}
