package io.keysteward.job;

import java.util.Map;
import java.util.stream.Collectors;

import io.keysteward.disabling.DisablePlanner;
import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.KeyDisabler;
import io.keysteward.disabling.RecipientLookup;
import io.keysteward.disabling.Rehearsal;
import io.keysteward.notice.mail.Recipients;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.source.DisableCapability;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.stereotype.Component;

/**
 * Step {@code planDisabling}: which keys are due, after each source was tried with one of
 * its keys.
 */
@Component
class PlanDisabling {

	private static final Logger logger = LoggerFactory.getLogger(PlanDisabling.class);

	private final DisablePlanner planner;

	private final KeyDisabler disabler;

	private final DisablePolicy policy;

	private final Recipients recipients;

	private final SourceRegistry sources;

	private final Runs runs;

	private final ActiveRun current;

	PlanDisabling(DisablePlanner planner, KeyDisabler disabler, DisablePolicy policy, Recipients recipients,
			SourceRegistry sources, Runs runs, ActiveRun current) {
		this.planner = planner;
		this.disabler = disabler;
		this.policy = policy;
		this.recipients = recipients;
		this.sources = sources;
		this.runs = runs;
		this.current = current;
	}

	void plan(Run run) {
		Map<String, DisableCapability> disabling = this.sources.all()
			.stream()
			.collect(Collectors.toMap(KeySource::id, (source) -> disabling(run, source)));
		RunRequest request = this.current.attempt().request();
		this.planner.plan(run, disabling, request.acceptPolicyChange(), request.acceptWarnings(),
				new RecipientLookup(this.recipients::whyNobody, this.recipients::find));
	}

	/** What a source cannot do tonight is known before an owner is warned of it. */
	private DisableCapability disabling(Run run, KeySource source) {
		DisableCapability disabling = source.disabling();
		boolean read = this.runs.sources(run.id())
			.stream()
			.anyMatch((one) -> one.source().equals(source.id()) && one.status() == RunSource.Status.READ);
		if (!this.policy.allows(run) || !disabling.reversible() || !read) {
			return disabling;
		}
		Rehearsal rehearsal = this.disabler.rehearse(run, source);
		if (rehearsal.failure() != null) {
			logger.warn("run {}: source {}: none of its keys is disabled or warned of: {}", run.key(), source.id(),
					rehearsal.words());
			return disabling.not("it was tried with one key and rolled back: " + rehearsal.words());
		}
		logger.atLevel((rehearsal.changed() != null) ? Level.WARN : Level.INFO)
			.log("run {}: source {}: {}", run.key(), source.id(), rehearsal.words());
		return disabling;
	}

}
