package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

import io.keysteward.key.KeyId;
import io.keysteward.run.Blocks;
import io.keysteward.run.Outcome;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the plans of a run, in blocks: those that are not as they were.
 */
final class PlanWriter {

	private static final int BLOCK = 1000;

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Run run;

	private final PlanContext context;

	/** Of keys that are due; a run that may disable them has begun none yet. */
	private final @Nullable Outcome outcome;

	private final List<Line> lines = new ArrayList<>(BLOCK);

	private final LongStream.Builder lasting = LongStream.builder();

	PlanWriter(JdbcClient jdbc, JsonMapper json, Run run, PlanContext context) {
		this.jdbc = jdbc;
		this.json = json;
		this.run = run;
		this.context = context;
		this.outcome = (run.mode() == RunMode.DISABLE) ? null : Outcome.WOULD_DISABLE;
	}

	/**
	 * Adds the next plan.
	 * @param stored the plan for the key that lasts until now; null: none does
	 */
	void add(Candidate key, KeyDecision decision, Candidates.@Nullable StoredPlan stored) {
		Map<String, @Nullable Object> evidence = evidence(key);
		String detail = decision.due() ? null : decision.detail();
		Plan plan = Plan.of(decision, this.outcome, detail, evidence);
		if (stored != null && stored.plan().equals(plan)) {
			this.lasting.add(stored.id());
			return;
		}
		this.lines.add(new Line(key.key(), plan, detail, this.json.writeValueAsString(evidence)));
		if (this.lines.size() == BLOCK) {
			flush();
		}
	}

	/**
	 * {@return the rows of the plans that are as they were, after all others are written}
	 */
	long[] finish() {
		flush();
		return this.lasting.build().toArray();
	}

	/**
	 * A plan that may be begun is a plan of its own run only, and so is one that a
	 * changed policy holds: the next run has another one, and so many need not be ended.
	 */
	private void flush() {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, held_by, closed_gates, outcome,
					                                   detail, due_at, warned_at, final_at, next_notice, evidence, until_run)
					SELECT r.run_id, p.source, p.key_id, 'DISABLE', CASE WHEN p.held_by IS NULL THEN 'DUE' ELSE 'HELD' END,
					       p.held_by, string_to_array(p.gates, ','), p.outcome, p.detail, p.due_at, p.warned_at, p.final_at,
					       p.next_notice, p.evidence::jsonb,
					       CASE WHEN r.shares_plans AND coalesce(p.held_by, p.outcome) IS NOT NULL
					             AND 'POLICY' <> ALL (string_to_array(p.gates, ',')) THEN 9223372036854775807 END
					FROM unnest(:source::text[], :key::text[], :heldBy::text[], :gates::text[], :outcome::text[], :detail::text[],
					            :dueAt::timestamptz[], :warnedAt::timestamptz[], :finalAt::timestamptz[],
					            :nextNotice::text[], :evidence::text[])
					     AS p (source, key_id, held_by, gates, outcome, detail, due_at, warned_at, final_at, next_notice, evidence)
					JOIN keysteward.run r ON r.run_id = :run
					""")
			.param("run", this.run.id())
			.param("source", texts((line) -> line.key.source()))
			.param("key", texts((line) -> line.key.id()))
			.param("heldBy", texts((line) -> name(line.plan.heldBy())))
			.param("gates", texts((line) -> line.plan.closedGates()))
			.param("outcome", texts((line) -> name(line.plan.outcome())))
			.param("detail", texts(Line::detail))
			.param("dueAt", texts((line) -> text(line.plan.dueAt())))
			.param("warnedAt", texts((line) -> text(line.plan.warnedAt())))
			.param("finalAt", texts((line) -> text(line.plan.finalAt())))
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

	private static @Nullable String name(@Nullable Enum<?> word) {
		return (word != null) ? word.name() : null;
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

	/**
	 * A row to write.
	 */
	private record Line(KeyId key, Plan plan, @Nullable String detail, String evidence) {
	}

}
