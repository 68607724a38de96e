package io.keysteward.config;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.SourceTraits;
import io.keysteward.policy.Policy;
import io.keysteward.source.KeySource;
import io.keysteward.source.Probe;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Every source fits its definition, its keys can be judged, and disabling is rehearsed.
 */
final class SourcesCheck implements ReadinessCheck {

	private final SourceRegistry sources;

	private final ObjectProvider<Policy> policy;

	private final KeystewardProperties properties;

	private final ObjectProvider<SourceTrial> trials;

	SourcesCheck(SourceRegistry sources, ObjectProvider<Policy> policy, KeystewardProperties properties,
			ObjectProvider<SourceTrial> trials) {
		this.sources = sources;
		this.policy = policy;
		this.properties = properties;
		this.trials = trials;
	}

	@Override
	public String check(Trial trial) {
		List<KeySource> all = this.sources.all();
		if (isSound(trial)) {
			this.policy.getObject().requireKnownSources(all.stream().map(KeySource::id).collect(Collectors.toSet()));
		}
		all.forEach((source) -> trial.attempt("source " + source.id(), () -> check(trial, source)));
		return "definitions are readable";
	}

	private String check(Trial trial, KeySource source) {
		requireTried(trial, source);
		Probe probe = source.probe();
		trial.places().ask(source.id(), probe.place());
		SourceTraits traits = probe.traits();
		String seen = source.title() + ": " + Plural.of(traits.columns().size(), "column") + "; not returned: "
				+ missing(traits);
		if (!isSound(trial)) {
			return seen;
		}
		this.policy.getObject().requireFits(traits);
		return seen + "; " + this.trials.getObject().run(trial, source);
	}

	private static boolean isSound(Trial trial) {
		return trial.fault(Trial.POLICY) == null;
	}

	/** The check waits only once for a database that does not answer. */
	private void requireTried(Trial trial, KeySource source) {
		RuntimeException fault = trial.fault(Trial.DATABASE);
		boolean governed = this.properties.sources()
			.stream()
			.anyMatch((one) -> source.id().equals(one.id()) && one.isInGovernanceDatabase());
		if (governed && fault != null && !(fault instanceof Failure)) {
			throw fault;
		}
	}

	private static String missing(SourceTraits traits) {
		String missing = Arrays.stream(KeyColumn.values())
			.filter((column) -> !traits.columns().contains(column))
			.map(KeyColumn::columnName)
			.collect(Collectors.joining(", "));
		return missing.isEmpty() ? "none" : missing;
	}

}
