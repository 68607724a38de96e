package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.keysteward.run.Blocks;
import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes plans to {@code key_action} in blocks.
 */
final class PlanWriter {

	private static final int BLOCK = 1000;

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Run run;

	private final PlanContext context;

	private final List<Line> lines = new ArrayList<>(BLOCK);

	PlanWriter(JdbcClient jdbc, JsonMapper json, Run run, PlanContext context) {
		this.jdbc = jdbc;
		this.json = json;
		this.run = run;
		this.context = context;
	}

	void add(Candidate key, KeyDecision plan) {
		this.lines.add(new Line(key, plan, this.json.writeValueAsString(evidence(key))));
		if (this.lines.size() == BLOCK) {
			flush();
		}
	}

	void flush() {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, held_by, closed_gates, outcome,
					                                   detail, due_at, warned_at, final_at, next_notice, evidence)
					SELECT :run, p.source, p.key_id, 'DISABLE', CASE WHEN p.held_by IS NULL THEN 'DUE' ELSE 'HELD' END,
					       p.held_by, string_to_array(p.gates, ','),
					       CASE WHEN p.held_by IS NULL AND NOT :disable THEN 'WOULD_DISABLE' END,
					       p.detail, p.due_at, p.warned_at, p.final_at, p.next_notice, p.evidence::jsonb
					FROM unnest(:source::text[], :key::text[], :heldBy::text[], :gates::text[], :detail::text[],
					            :dueAt::timestamptz[], :warnedAt::timestamptz[], :finalAt::timestamptz[],
					            :nextNotice::text[], :evidence::text[])
					     AS p (source, key_id, held_by, gates, detail, due_at, warned_at, final_at, next_notice, evidence)
					""")
			.param("run", this.run.id())
			.param("disable", this.run.mode() == RunMode.DISABLE)
			.param("source", texts((line) -> line.key.key().source()))
			.param("key", texts((line) -> line.key.key().id()))
			.param("heldBy", texts((line) -> name(line.plan.heldBy())))
			.param("gates", texts((line) -> line.plan.closedGates()))
			.param("detail", texts((line) -> line.plan.due() ? null : line.plan.detail()))
			.param("dueAt", texts((line) -> text(line.plan.dueAt())))
			.param("warnedAt", texts((line) -> text(line.plan.round().warnedAt())))
			.param("finalAt", texts((line) -> text(line.plan.round().finalAt())))
			.param("nextNotice", texts((line) -> name(line.plan.nextNotice())))
			.param("evidence", texts(Line::evidence))
			.update();
		this.lines.clear();
	}

	private Map<String, @Nullable Object> evidence(Candidate key) {
		Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
		Candidate.Open finding = key.disablingFinding();
		evidence.put("rule", (finding == null) ? null : (finding == key.idle()) ? "IDLE" : "ORPHANED");
		evidence.put("first_seen_at", (finding != null) ? finding.since().toString() : null);
		evidence.put("seen_days", (finding != null) ? finding.seenDays() : null);
		evidence.put("usage", key.usage());
		evidence.put("created_at", text(key.createdAt()));
		evidence.put("last_used_at", text(key.lastUsedAt()));
		evidence.put("known_use", text(key.knownUse()));
		evidence.put("idle_days", key.idleDays());
		evidence.put("policy_sha256", this.run.policySha256());
		Duration effective = this.context.source(key.key().source()).disabling().effectiveWithin();
		evidence.put("effective_within_seconds", effective.toSeconds());
		if (!this.context.policy().trial().isZero()) {
			evidence.put("trial_seconds", this.context.policy().trial().toSeconds());
		}
		return evidence;
	}

	private String[] texts(Function<Line, @Nullable String> value) {
		return Blocks.texts(this.lines, value);
	}

	private static @Nullable String name(@Nullable Enum<?> gate) {
		return (gate != null) ? gate.name() : null;
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

	/**
	 * A row to write.
	 */
	private record Line(Candidate key, KeyDecision plan, String evidence) {
	}

}
