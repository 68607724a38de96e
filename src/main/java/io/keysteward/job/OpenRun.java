package io.keysteward.job;

import java.util.List;
import java.util.Optional;

import io.keysteward.policy.Exemptions;
import io.keysteward.run.Run;
import io.keysteward.source.KeySource;
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

	private final CrashCleanup leftovers;

	private final RequestedSources sources;

	private final RequestedProjects projects;

	private final Clocks clocks;

	private final SourceProbes probes;

	private final EffectivePolicies policies;

	private final RunExemptions exemptions;

	private final RunRow row;

	OpenRun(CrashCleanup leftovers, RequestedSources sources, RequestedProjects projects, Clocks clocks,
			SourceProbes probes, EffectivePolicies policies, RunExemptions exemptions, RunRow row) {
		this.leftovers = leftovers;
		this.sources = sources;
		this.projects = projects;
		this.clocks = clocks;
		this.probes = probes;
		this.policies = policies;
		this.exemptions = exemptions;
		this.row = row;
	}

	@Transactional
	public void open(RunAttempt attempt, long jobExecutionId) {
		RunRequest request = attempt.request();
		SourceFaults faults = attempt.faults();
		Optional<Run> before = this.row.find(attempt.runKey());
		this.leftovers.clear(attempt, before);
		before.ifPresent(this.row::readDroppedAgain);
		List<KeySource> wanted = this.sources.select(request, before);
		this.clocks.requireRight(() -> wanted);
		this.sources.requireArmed(request, wanted);
		before.ifPresent(this.clocks::requireCome);
		EffectivePolicy policy = this.policies.at(this.probes.ask(wanted, before, faults));
		Exemptions permitted = this.exemptions.read(before.map(Run::asOf).orElse(attempt.asOf()));
		List<KeySource> unread = before.map((run) -> this.row.unread(wanted, run, policy, permitted)).orElse(wanted);
		this.probes.requireReadable(unread, wanted.size(), faults);
		if (before.isEmpty()) {
			this.projects.requireKnown(request.projects(), wanted);
		}
		Run run = before.map((existing) -> this.row.resume(existing, policy, permitted))
			.orElseGet(() -> this.row.create(attempt, wanted, policy));
		this.exemptions.store(run, permitted);
		attempt.permit(permitted, this.exemptions.coverage(permitted));
		this.row.begin(run, jobExecutionId, unread, faults);
		logger.info("run {}: opened, as of {}, {}, policy {} {}", run.key(), run.asOf(),
				Plural.of(wanted.size(), "source"), policy.document().preset(), policy.sha256().substring(0, 12));
	}

}
