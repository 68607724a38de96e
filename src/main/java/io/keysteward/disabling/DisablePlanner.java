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

	private final Plans plans;

	private final Candidates candidates;

	private final SourceFactsReader facts;

	private final DisablePolicy policy;

	private final KeyGates keyGates;

	private final List<SourceGate> sourceGates;

	private final Map<Gate, RunGate> runGates;

	private final Clock clock;

	DisablePlanner(JdbcClient jdbc, JsonMapper json, Runs runs, Plans plans, Candidates candidates,
			SourceFactsReader facts, DisablePolicy policy, KeyGates keyGates, List<SourceGate> sourceGates,
			List<RunGate> runGates, Clock clock) {
		Gate.Scope.SOURCE.requireAll(sourceGates.stream().map(SourceGate::gate).toList());
		Gate.Scope.RUN.requireAll(runGates.stream().map(RunGate::gate).toList());
		this.jdbc = jdbc;
		this.json = json;
		this.runs = runs;
		this.plans = plans;
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
		RunBounds expected = boundsBefore(run, acceptWarnings);
		Intended intended = write(run, closed, context, expected);
		String breaker = closed(Gate.BREAKER, intended, read.values());
		String brake = acceptWarnings ? null : closed(Gate.WARNINGS, intended, read.values());
		RunBounds bounds = new RunBounds(breaker, brake != null);
		if (!bounds.equals(expected)) {
			write(run, closed, context, bounds);
		}
		tell(run, breaker, brake);
	}

	private void discard(Run run) {
		// Opening the run has checked whether exemptions can be read.
		this.jdbc.sql("DELETE FROM keysteward.run_hold WHERE run_id = :run AND gate <> 'EXEMPT'")
			.param("run", run.id())
			.update();
	}

	/**
	 * {@return how the run before was held: mostly this one is held likewise, and what is
	 * as it was need not be written}
	 */
	private RunBounds boundsBefore(Run run, boolean acceptWarnings) {
		Map<Gate, String> before = (run.baselineId() != null) ? holds(run.baselineId()) : Map.of();
		return new RunBounds(before.get(Gate.BREAKER), !acceptWarnings && before.containsKey(Gate.WARNINGS));
	}

	/**
	 * Writes the plans of the run instead of those that it has.
	 * @return what it would do if nothing held it as a whole
	 */
	private Intended write(Run run, Map<String, Map<Gate, String>> closed, PlanContext context, RunBounds bounds) {
		boolean shared = this.plans.discard(run);
		// What is stored is compared in the words of tonight.
		replace(run, Gate.BREAKER, bounds.breaker());
		PlanWriter writer = new PlanWriter(this.jdbc, this.json, run, context);
		Map<String, Long> due = dueBefore(run);
		FirstWarnings warnings = new FirstWarnings(context.audience());
		this.candidates.each(run, this.policy.noticeValid(), (key, stored) -> {
			String source = key.key().source();
			KeyDecision decision = KeyDecision.decide(this.keyGates, key, Objects.requireNonNull(closed.get(source)),
					context);
			if (decision.due()) {
				due.merge(source, 1L, Long::sum);
			}
			warnings.add(key, decision);
			writer.add(key, bounds.apply(decision), stored);
		});
		long[] lasting = writer.finish();
		if (shared) {
			this.plans.endAllBut(lasting, run);
		}
		return new Intended(due, warnings);
	}

	private Map<String, Map<Gate, String>> closedSources(Run run, Collection<SourceFacts> sources,
			Map<String, DisableCapability> disabling, boolean accepted) {
		String before = (run.baselineId() != null) ? this.runs.get(run.baselineId()).policySha256() : null;
		PlannedRun planned = new PlannedRun(run, before, accepted, this.clock.instant());
		Map<Gate, String> everywhere = holds(run.id());
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

	/**
	 * {@return what holds all of a run}
	 */
	private Map<Gate, String> holds(long run) {
		Map<Gate, String> held = new EnumMap<>(Gate.class);
		this.jdbc.sql("SELECT gate, detail FROM keysteward.run_hold WHERE run_id = :run AND source = ''")
			.param("run", run)
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

	/**
	 * {@return the keys of each source that this run has begun, and that other runs of
	 * the day disabled: otherwise a run for each source would get around the bounds}
	 */
	private Map<String, Long> dueBefore(Run run) {
		Map<String, Long> due = new HashMap<>();
		this.jdbc.sql("""
				SELECT a.source, count(*) AS due
				FROM keysteward.key_action a
				JOIN keysteward.run r USING (run_id)
				JOIN keysteward.run t ON t.run_id = :run
				WHERE a.action = 'DISABLE' AND a.decision = 'DUE' AND a.intended_at IS NOT NULL
				  AND (a.run_id = t.run_id
				       OR (a.outcome IS NULL OR a.outcome = 'DISABLED')
				          AND (r.as_of AT TIME ZONE 'UTC')::date = (t.as_of AT TIME ZONE 'UTC')::date)
				GROUP BY a.source
				""").param("run", run.id()).query((row) -> {
			due.put(row.getString("source"), row.getLong("due"));
		});
		return due;
	}

	private void tell(Run run, @Nullable String breaker, @Nullable String brake) {
		if (breaker != null) {
			hold(run, Gate.BREAKER, "", breaker);
		}
		if (brake != null) {
			String line = brake + " If they are meant, start the next run with --accept-warnings.";
			logger.warn("run {}: no owner is warned: {}", run.key(), line);
			store(run, Gate.WARNINGS, "", line);
		}
	}

	private void replace(Run run, Gate gate, @Nullable String reason) {
		this.jdbc.sql("DELETE FROM keysteward.run_hold WHERE run_id = :run AND gate = :gate")
			.param("run", run.id())
			.param("gate", gate.name())
			.update();
		if (reason != null) {
			store(run, gate, "", reason);
		}
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
