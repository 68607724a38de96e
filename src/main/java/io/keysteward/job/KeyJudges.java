package io.keysteward.job;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.disabling.Judge;
import io.keysteward.key.SourceTraits;
import io.keysteward.policy.Classifier;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;

import org.springframework.stereotype.Component;

/**
 * Judges a key that was read again by the rules of its run, as of its instant.
 */
@Component
class KeyJudges {

	private final List<Rule> rules;

	private final Policy policy;

	private final RunExemptions exemptions;

	private final SourceRegistry sources;

	private final Runs runs;

	KeyJudges(List<Rule> rules, Policy policy, RunExemptions exemptions, SourceRegistry sources, Runs runs) {
		this.rules = rules;
		this.policy = policy;
		this.exemptions = exemptions;
		this.sources = sources;
		this.runs = runs;
	}

	/**
	 * {@return who judges the keys of a source; of exemptions that cannot be read one may
	 * be what protects the key}
	 */
	Judge judge(Run run, String source, RunAttempt attempt) {
		return (key, knownUse) -> {
			Exemptions permitted = this.exemptions.read(run.asOf());
			if (!permitted.faults().isEmpty()) {
				throw Failure.configuration("exemptions cannot be read any more: " + permitted.faults().get(0));
			}
			SourceTraits known = attempt.traits()
				.computeIfAbsent(source, (id) -> this.sources.get(id).probe().traits());
			return new Classifier(this.rules, this.policy, known, run.asOf(), readAt(run, source), permitted)
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

}
