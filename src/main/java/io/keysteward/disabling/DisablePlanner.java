package io.keysteward.disabling;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.source.DisableCapability;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides for every idle or orphaned key of a run whether it is due, and which gates hold
 * it. Planning again replaces what is not begun.
 */
@Component
public class DisablePlanner {

	private static final Logger logger = LoggerFactory.getLogger(DisablePlanner.class);

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Runs runs;

	private final Candidates candidates;

	private final SourceFactsReader facts;

	private final DisablePolicy policy;

	private final KeyGates keyGates;

	private final List<SourceGate> sourceGates;

	private final Map<Gate, RunGate> runGates;

	private final Clock clock;

	DisablePlanner(JdbcClient jdbc, JsonMapper json, Runs runs, Candidates candidates, SourceFactsReader facts,
			DisablePolicy policy, KeyGates keyGates, List<SourceGate> sourceGates, List<RunGate> runGates,
			Clock clock) {
		Gate.Scope.SOURCE.requireAll(sourceGates.stream().map(SourceGate::gate).toList());
		Gate.Scope.RUN.requireAll(runGates.stream().map(RunGate::gate).toList());
		this.jdbc = jdbc;
		this.json = json;
		this.runs = runs;
		this.candidates = candidates;
		this.facts = facts;
		this.policy = policy;
		this.keyGates = keyGates;
		this.sourceGates = sourceGates.stream().sorted(Comparator.comparing(SourceGate::gate)).toList();
		this.runGates = runGates.stream().collect(Collectors.toMap(RunGate::gate, Function.identity()));
		this.clock = clock;
	}

	/**
	 * Writes the plan of a run to {@code key_action}, and the closed gates of the whole
	 * run to {@code run_hold}.
	 * @param run a run with reconciled findings
	 * @param disabling what each configured source can do tonight, by its id
	 * @param acceptPolicyChange whether the operator accepted a changed policy
	 * @param acceptWarnings whether the operator accepted many warnings
	 * @param audience finds who is notified about a key
	 */
	@Transactional
	public void plan(Run run, Map<String, DisableCapability> disabling, boolean acceptPolicyChange,
			boolean acceptWarnings, RecipientLookup audience) {
		discard(run);
		Map<String, SourceFacts> read = this.facts.read(run, disabling, this.policy.maxGap());
		Map<String, Map<Gate, String>> closed = closedSources(run, read.values(), disabling, acceptPolicyChange);
		PlanContext context = new PlanContext(run.asOf(), this.policy, read, audience);
		PlanWriter writer = new PlanWriter(this.jdbc, this.json, run, context);
		FirstWarnings warnings = new FirstWarnings(audience);
		this.candidates.each(run, this.policy.noticeValid(), (key) -> {
			KeyDecision plan = KeyDecision.decide(this.keyGates, key,
					Objects.requireNonNull(closed.get(key.key().source())), context);
			writer.add(key, plan);
			warnings.add(key, plan);
		});
		writer.flush();
		Intended intended = new Intended(due(run), warnings);
		applyBreaker(run, closed(Gate.BREAKER, intended, read.values()));
		if (!acceptWarnings) {
			applyBrake(run, closed(Gate.WARNINGS, intended, read.values()));
		}
	}

	private void discard(Run run) {
		this.jdbc.sql("DELETE FROM keysteward.key_action WHERE run_id = :run AND intended_at IS NULL")
			.param("run", run.id())
			.update();
		// Opening the run has checked whether exemptions can be read.
		this.jdbc.sql("DELETE FROM keysteward.run_hold WHERE run_id = :run AND gate <> 'EXEMPT'")
			.param("run", run.id())
			.update();
	}

	private Map<String, Map<Gate, String>> closedSources(Run run, Collection<SourceFacts> sources,
			Map<String, DisableCapability> disabling, boolean accepted) {
		String before = (run.baselineId() != null) ? this.runs.get(run.baselineId()).policySha256() : null;
		PlannedRun planned = new PlannedRun(run, before, accepted, this.clock.instant());
		Map<Gate, String> everywhere = heldAlready(run);
		String unread = unread(run, disabling);
		if (unread != null) {
			everywhere.put(Gate.FRESH, unread);
			hold(run, Gate.FRESH, "", unread);
		}
		Map<String, Map<Gate, String>> closed = new HashMap<>();
		for (SourceFacts source : sources) {
			Map<Gate, String> own = new EnumMap<>(everywhere);
			for (SourceGate gate : this.sourceGates) {
				String reason = gate.closed(source, planned);
				if (reason != null) {
					own.merge(gate.gate(), reason, (first, second) -> first + " " + second);
					hold(run, gate.gate(), gate.ofOneSource() ? source.source() : "", reason);
				}
			}
			closed.put(source.source(), own);
		}
		return closed;
	}

	private Map<Gate, String> heldAlready(Run run) {
		Map<Gate, String> held = new EnumMap<>(Gate.class);
		this.jdbc.sql("SELECT gate, detail FROM keysteward.run_hold WHERE run_id = :run AND source = ''")
			.param("run", run.id())
			.query((row) -> {
				held.put(Gate.valueOf(row.getString("gate")), row.getString("detail"));
			});
		return held;
	}

	/**
	 * A run that may write stops at a source that it cannot read, unless it could not
	 * disable there.
	 */
	private @Nullable String unread(Run run, Map<String, DisableCapability> disabling) {
		List<String> unread = this.runs.sources(run.id())
			.stream()
			.filter((source) -> source.status() != RunSource.Status.READ)
			.map(RunSource::source)
			.filter((source) -> !disabling.containsKey(source) || disabling.get(source).reversible())
			.toList();
		return unread.isEmpty() ? null : "Source " + String.join(", ", unread) + " could not be read.";
	}

	private @Nullable String closed(Gate gate, Intended intended, Collection<SourceFacts> sources) {
		return Objects.requireNonNull(this.runGates.get(gate)).closed(intended, sources);
	}

	private Map<String, Long> due(Run run) {
		Map<String, Long> due = new HashMap<>();
		// Keys that other runs of the day disabled count too: otherwise a run for each
		// source would get around the bounds.
		this.jdbc.sql("""
				SELECT a.source, count(*) AS due
				FROM keysteward.key_action a
				JOIN keysteward.run r USING (run_id)
				JOIN keysteward.run t ON t.run_id = :run
				WHERE a.action = 'DISABLE' AND a.decision = 'DUE'
				  AND (a.run_id = t.run_id
				       OR a.intended_at IS NOT NULL AND (a.outcome IS NULL OR a.outcome = 'DISABLED')
				          AND (r.as_of AT TIME ZONE 'UTC')::date = (t.as_of AT TIME ZONE 'UTC')::date)
				GROUP BY a.source
				""").param("run", run.id()).query((row) -> {
			due.put(row.getString("source"), row.getLong("due"));
		});
		return due;
	}

	private void applyBreaker(Run run, @Nullable String reason) {
		if (reason == null) {
			return;
		}
		this.jdbc.sql("""
				UPDATE keysteward.key_action
				SET decision = 'HELD', held_by = 'BREAKER', closed_gates = '{BREAKER}', outcome = NULL, detail = :reason
				WHERE run_id = :run AND action = 'DISABLE' AND decision = 'DUE' AND intended_at IS NULL
				""").param("run", run.id()).param("reason", reason).update();
		hold(run, Gate.BREAKER, "", reason);
	}

	/**
	 * Holds last warnings too, since what causes so many first ones makes them
	 * unreliable. Without a mail there is no day.
	 */
	private void applyBrake(Run run, @Nullable String reason) {
		if (reason == null) {
			return;
		}
		this.jdbc.sql("""
				UPDATE keysteward.key_action SET next_notice = NULL, due_at = NULL
				WHERE run_id = :run AND action = 'DISABLE' AND next_notice IS NOT NULL AND intended_at IS NULL
				""").param("run", run.id()).update();
		String line = reason + " If they are meant, start the next run with --accept-warnings.";
		logger.warn("run {}: no owner is warned: {}", run.key(), line);
		store(run, Gate.WARNINGS, "", line);
	}

	private void hold(Run run, Gate gate, String source, String reason) {
		logger.atLevel((run.mode() == RunMode.DISABLE) ? Level.WARN : Level.INFO)
			.log("run {}: disabling is held by {}: {}", run.key(), gate, reason);
		store(run, gate, source, reason);
	}

	private void store(Run run, Gate gate, String source, String reason) {
		this.jdbc.sql("""
				INSERT INTO keysteward.run_hold (run_id, gate, source, detail) VALUES (:run, :gate, :source, :detail)
				ON CONFLICT (run_id, gate, source) DO UPDATE SET detail = excluded.detail
				""")
			.param("run", run.id())
			.param("gate", gate.name())
			.param("source", source)
			.param("detail", reason)
			.update();
	}

}
