package io.keysteward.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.disabling.DisablePlanner;
import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.Judge;
import io.keysteward.disabling.KeyDisabler;
import io.keysteward.disabling.RecipientLookup;
import io.keysteward.disabling.Rehearsal;
import io.keysteward.insight.ActionCounts;
import io.keysteward.key.SourceTraits;
import io.keysteward.notice.mail.Recipients;
import io.keysteward.policy.Classifier;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.source.DisableCapability;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.stereotype.Component;

/**
 * Steps {@code planDisabling} and {@code disableKeys}: which keys are due, and those
 * switched off, one by one.
 */
@Component
class DisableSteps {

	private static final Logger logger = LoggerFactory.getLogger(DisableSteps.class);

	private final DisablePlanner planning;

	private final KeyDisabler disabling;

	private final DisablePolicy policy;

	private final Recipients recipients;

	private final SourceRegistry sources;

	private final ActionCounts actions;

	private final Runs runs;

	private final RunJournal journal;

	private final ActiveRun current;

	private final RunExemptions exemptions;

	private final Policy keyPolicy;

	private final List<Rule> rules;

	private final Map<String, SourceTraits> traits = new HashMap<>();

	/** The action that was tried last: what could not be settled is not tried twice. */
	private long last;

	DisableSteps(DisablePlanner planning, KeyDisabler disabling, DisablePolicy policy, Recipients recipients,
			SourceRegistry sources, ActionCounts actions, Runs runs, RunJournal journal, ActiveRun current,
			RunExemptions exemptions, Policy keyPolicy, List<Rule> rules) {
		this.planning = planning;
		this.disabling = disabling;
		this.policy = policy;
		this.recipients = recipients;
		this.sources = sources;
		this.actions = actions;
		this.runs = runs;
		this.journal = journal;
		this.current = current;
		this.exemptions = exemptions;
		this.keyPolicy = keyPolicy;
		this.rules = rules;
	}

	void plan(Run run) {
		this.last = 0;
		this.traits.clear();
		Map<String, DisableCapability> disabling = this.sources.all()
			.stream()
			.collect(Collectors.toMap(KeySource::id, (source) -> disabling(run, source)));
		RunRequest request = this.current.start().request();
		this.planning.plan(run, disabling, request.acceptPolicyChange(), request.acceptWarnings(),
				new RecipientLookup(this.recipients::whyNobody, this.recipients::of));
	}

	/** What a source cannot do tonight is known before an owner is warned of it. */
	private DisableCapability disabling(Run run, KeySource source) {
		DisableCapability disabling = source.disabling();
		boolean read = this.runs.sources(run.id())
			.stream()
			.anyMatch((one) -> one.source().equals(source.id()) && one.status() == RunSource.Status.READ);
		if (!mayDisable(run) || !disabling.reversible() || !read) {
			return disabling;
		}
		Rehearsal rehearsal = this.disabling.rehearse(run, source);
		if (rehearsal.failure() != null) {
			logger.warn("run {}: source {}: none of its keys is disabled or warned of: {}", run.key(), source.id(),
					rehearsal.words());
			return disabling.not("it was tried with one key and rolled back: " + rehearsal.words());
		}
		logger.atLevel((rehearsal.changed() != null) ? Level.WARN : Level.INFO)
			.log("run {}: source {}: {}", run.key(), source.id(), rehearsal.words());
		return disabling;
	}

	private boolean mayDisable(Run run) {
		return run.mode() == RunMode.DISABLE && this.policy.armed();
	}

	/**
	 * Disables the next key; nothing, unless both switches are on.
	 * @return whether there may be another one
	 */
	boolean next(Run run) {
		OptionalLong done = mayDisable(run)
				? this.disabling.next(run, this.last, this.sources::get, (source) -> judge(run, source))
				: OptionalLong.empty();
		done.ifPresent((id) -> this.last = id);
		if (done.isEmpty()) {
			count(run);
		}
		return done.isPresent();
	}

	/** Of exemptions that cannot be read one may be what protects the key. */
	private Judge judge(Run run, String source) {
		return (key, knownUse) -> {
			Exemptions permitted = this.exemptions.read(run.asOf());
			if (!permitted.faults().isEmpty()) {
				throw Failure.configuration("exemptions cannot be read any more: " + permitted.faults().get(0));
			}
			SourceTraits known = this.traits.computeIfAbsent(source, (id) -> this.sources.get(id).probe().traits());
			return new Classifier(this.rules, this.keyPolicy, known, run.asOf(), readAt(run, source), permitted)
				.classify(key, knownUse);
		};
	}

	private Instant readAt(Run run, String source) {
		return this.runs.sources(run.id())
			.stream()
			.filter((one) -> one.source().equals(source))
			.map(RunSource::snapshotAt)
			.flatMap(Stream::ofNullable)
			.findFirst()
			.orElse(run.asOf());
	}

	/**
	 * Counts what was decided and done, from what is stored; nothing else has changed.
	 */
	private void count(Run run) {
		Totals before = Objects.requireNonNull(run.totals(), "the run is not reconciled");
		Totals totals = before.with(this.actions.of(run.id()));
		if (!totals.equals(before)) {
			this.journal.reconciled(run.id(), totals);
		}
	}

	/**
	 * Refuses a run that asks to disable where that is not armed, or where no source can.
	 */
	void requireArmed(RunRequest request, Iterable<KeySource> wanted) {
		if (!request.disable()) {
			return;
		}
		if (!this.policy.armed()) {
			throw Failure.configuration("--disable: keysteward.disable.armed is not true; both are needed: set it, or"
					+ " leave --disable out to see what would be disabled");
		}
		String obstacle = null;
		for (KeySource source : wanted) {
			if (source.disabling().reversible()) {
				return;
			}
			obstacle = source.disabling().obstacle();
		}
		throw Failure.configuration("--disable: no source can disable reversibly, such as: " + obstacle);
	}

}
