package io.keysteward.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.inventory.Inventories;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.policy.Coverage;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.report.ReportDirectory;
import io.keysteward.run.InventoryScope;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.source.KeySource;
import io.keysteward.source.Place;
import io.keysteward.source.Probe;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Step {@code openRun}: asks every source, and whether a report could be written, before
 * anything is done, then writes the run's row, or finds it and goes on.
 */
@Component
class OpenRun {

	private static final Logger logger = LoggerFactory.getLogger(OpenRun.class);

	private final Clocks clocks;

	private final SourceRegistry sources;

	private final Policy policy;

	private final List<Rule> rules;

	private final Runs runs;

	private final RunJournal journal;

	private final Inventories inventories;

	private final InventorySettings inventory;

	private final SourceFaults faults;

	private final RequestedProjects projects;

	private final DisablePolicy disablePolicy;

	private final DisableSteps disable;

	private final RunExemptions exemptions;

	private final ActiveRun current;

	private final CrashCleanup leftovers;

	private final ReportSteps reporting;

	OpenRun(Clocks clocks, SourceRegistry sources, Policy policy, List<Rule> rules, Runs runs, RunJournal journal,
			Inventories inventories, InventorySettings inventory, SourceFaults faults, RequestedProjects projects,
			DisablePolicy disablePolicy, DisableSteps disable, RunExemptions exemptions, ActiveRun current,
			CrashCleanup leftovers, ReportSteps reporting) {
		this.clocks = clocks;
		this.sources = sources;
		this.policy = policy;
		this.rules = rules;
		this.runs = runs;
		this.journal = journal;
		this.inventories = inventories;
		this.inventory = inventory;
		this.faults = faults;
		this.projects = projects;
		this.disablePolicy = disablePolicy;
		this.disable = disable;
		this.exemptions = exemptions;
		this.current = current;
		this.leftovers = leftovers;
		this.reporting = reporting;
	}

	@Transactional
	public void open(ActiveRun.Start start, long jobExecutionId) {
		String runKey = start.runKey();
		ReportDirectory.requireWritable(this.reporting.directory());
		Optional<Run> before = this.runs.find(runKey);
		this.leftovers.clear(this.reporting.directory(), this.reporting.files(before, runKey, start.asOf()));
		List<KeySource> all = this.sources.all();
		this.policy.requireKnownSources(all.stream().map(KeySource::id).collect(Collectors.toSet()));
		List<KeySource> wanted = wanted(start);
		this.clocks.requireRight(() -> wanted);
		this.disable.requireArmed(start.request(), wanted);
		before.ifPresent(this.clocks::requireCome);
		Places places = ask(wanted, before);
		EffectivePolicy effective = EffectivePolicy.of(this.policy, this.disablePolicy, this.rules, all, places);
		Exemptions permitted = this.exemptions.read(before.map(Run::asOf).orElse(start.asOf()));
		List<KeySource> unread = before.filter((run) -> staysRead(run, effective, permitted))
			.map((run) -> unread(wanted, run))
			.orElse(wanted);
		requireReadable(unread, wanted.size());
		if (before.isEmpty()) {
			this.projects.requireKnown(start.request().projects(), wanted);
		}
		Run run = before.map((existing) -> resume(existing, effective, permitted))
			.orElseGet(() -> create(start, wanted, effective));
		this.exemptions.store(run, permitted);
		this.current.permit(permitted, new Coverage(permitted, this.policy));
		this.journal.resume(run.id(), jobExecutionId);
		for (KeySource source : unread) {
			this.journal.expectSource(run.id(), source.id(), source.title(), source.definitionFile());
			this.faults.of(source.id())
				.ifPresent((fault) -> this.journal.sourceFailed(run.id(), source.id(), fault.line()));
		}
		this.inventories.open(run.id());
		logger.info("run {}: opened, as of {}, {}, policy {} {}", runKey, run.asOf(),
				Plural.of(wanted.size(), "source"), this.policy.preset(), effective.sha256().substring(0, 12));
	}

	/** A run that is continued reads the sources that it was started with. */
	private List<KeySource> wanted(ActiveRun.Start start) {
		return this.runs.find(start.runKey())
			.map((run) -> this.sources.only("--source", Set.copyOf(run.sources())))
			.orElseGet(() -> this.sources.only("--source", start.request().sources()));
	}

	private boolean staysRead(Run run, EffectivePolicy effective, Exemptions permitted) {
		return run.policySha256().equals(effective.sha256()) && this.exemptions.areThoseOf(run, permitted)
				&& knowsAllFindings(run);
	}

	/**
	 * Which keys have a row was decided by the findings that were open when they were
	 * read. Where another run has opened more since, a key without a row may still be
	 * there, and would be taken to be gone.
	 */
	private boolean knowsAllFindings(Run run) {
		return run.keeps() == InventoryScope.ALL || !this.runs.othersSince(run);
	}

	/**
	 * What is read stays read, whether its source still answers or not; under another
	 * policy or other exemptions everything is read again.
	 */
	private List<KeySource> unread(List<KeySource> wanted, Run run) {
		Set<String> read = this.runs.sources(run.id())
			.stream()
			.filter((source) -> source.status() == RunSource.Status.READ)
			.map(RunSource::source)
			.collect(Collectors.toSet());
		return wanted.stream().filter((source) -> !read.contains(source.id())).toList();
	}

	/**
	 * Asks each source where it is and whether it fits. One that is read already may be
	 * silent: where it was stands in its run.
	 */
	private Places ask(List<KeySource> wanted, Optional<Run> before) {
		Places places = new Places();
		this.runs.lastComplete().ifPresent(places::record);
		before.ifPresent(places::record);
		this.faults.clear();
		for (KeySource source : wanted) {
			probe(source).ifPresent((place) -> places.ask(source.id(), place));
			String from = places.movedFrom(source.id());
			if (from != null) {
				logger.warn("source {}: is at another place than before (gate POLICY): {}; it was {}", source.id(),
						places.of(source.id()), from);
			}
		}
		return places;
	}

	/**
	 * {@return where the source is, as far as it can be asked}
	 */
	private Optional<Place> probe(KeySource source) {
		try {
			Probe probe = source.probe();
			this.policy.requireFits(probe.traits());
			return Optional.of(probe.place());
		}
		catch (Failure fault) {
			this.faults.add(source.id(), fault);
			return (fault.kind() == Failure.Kind.CONFIGURATION) ? place(source) : Optional.empty();
		}
	}

	/**
	 * A database that answers and does not fit has a place all the same: were it unknown,
	 * the policy would look changed on the day that it fits.
	 */
	private static Optional<Place> place(KeySource source) {
		try {
			return Optional.of(source.place());
		}
		catch (Failure fault) {
			return Optional.empty();
		}
	}

	/**
	 * One source that cannot be read does not keep the others from being reported; all of
	 * them do.
	 */
	private void requireReadable(List<KeySource> unread, int sources) {
		this.faults.retain(unread.stream().map(KeySource::id).toList());
		for (KeySource source : unread) {
			this.faults.of(source.id()).ifPresent((fault) -> logger.error("source {}: {}", source.id(), fault.line()));
		}
		if (this.faults.count() == sources) {
			throw this.faults.asOne();
		}
	}

	private Run create(ActiveRun.Start start, List<KeySource> wanted, EffectivePolicy effective) {
		Instant asOf = start.asOf();
		RunRequest request = start.request();
		Optional<Run> baseline = this.runs.lastComplete();
		baseline.filter((last) -> asOf.isBefore(last.asOf())).ifPresent((last) -> {
			throw (request.asOf() != null)
					? Failure.configuration("--as-of: '" + asOf + "' lies before the as-of of run " + last.key() + " ("
							+ last.asOf() + "); findings are followed forward only: choose a later instant")
					: setBack(asOf, last);
		});
		long id = this.journal.open(start.runKey(), asOf, request.disable() ? RunMode.DISABLE : RunMode.REPORT,
				request.trigger(), request.requestedBy(), effective.document(), effective.sha256(),
				wanted.stream().map(KeySource::id).toList(), request.projects().stream().sorted().toList(),
				request.narrowed(), baseline.map(Run::id).orElse(null), this.inventory.keeping());
		return this.runs.get(id);
	}

	/** Nobody gave an as-of: one of two clocks is wrong. */
	private static Failure setBack(Instant now, Run last) {
		Duration ahead = Duration.between(now, last.asOf());
		String by = (ahead.toDays() > 1) ? ahead.toDays() + " days"
				: (ahead.toHours() > 1) ? ahead.toHours() + " hours" : ahead.toMinutes() + " minutes";
		return Failure.person("the clock of this machine looks set back: by it it is " + now + ", and run " + last.key()
				+ " was judged as of " + last.asOf() + ", " + by
				+ " later; correct the clock, then start again; if it was"
				+ " wrong then and is right now, set that run aside: runs --set-aside=" + last.key()
				+ " --reason=TEXT");
	}

	/**
	 * Keys judged under another policy, or with other exemptions, are judged again: one
	 * run has one of each.
	 */
	private Run resume(Run run, EffectivePolicy effective, Exemptions permitted) {
		logger.info("run {}: continued, {} before", run.key(), run.status());
		if (!run.policySha256().equals(effective.sha256())) {
			logger.warn("run {}: the policy or a source's definition has changed since it started; every source is read"
					+ " again", run.key());
			this.journal.changePolicy(run.id(), effective.document(), effective.sha256());
		}
		else if (!this.exemptions.areThoseOf(run, permitted)) {
			logger.warn("run {}: the exemptions have changed since it started; every source is read again", run.key());
			this.journal.readAgain(run.id());
		}
		else if (!knowsAllFindings(run)) {
			logger
				.warn("run {}: another run was under way since it was last, and this one keeps flagged keys only; every"
						+ " source is read again", run.key());
			this.journal.readAgain(run.id());
		}
		if (run.keeps() != this.inventory.keeping()) {
			logger.warn(
					"run {}: keysteward.inventory.keep has changed since it started; it goes on as it was opened and"
							+ " keeps {} keys, the next run goes by the new setting",
					run.key(), run.keeps().name().toLowerCase(Locale.ROOT));
		}
		return run;
	}

}
