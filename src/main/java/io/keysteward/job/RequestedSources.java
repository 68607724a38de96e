package io.keysteward.job;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.policy.Policy;
import io.keysteward.run.Run;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;

import org.springframework.stereotype.Component;

/**
 * The sources that somebody asks a run to read, and whether it may disable there.
 */
@Component
class RequestedSources {

	private final SourceRegistry sources;

	private final Policy policy;

	private final DisablePolicy disablePolicy;

	RequestedSources(SourceRegistry sources, Policy policy, DisablePolicy disablePolicy) {
		this.sources = sources;
		this.policy = policy;
		this.disablePolicy = disablePolicy;
	}

	/**
	 * {@return the sources to read; a run that is continued reads those that it was
	 * started with}
	 * @throws Failure where one is named, by the options or by the policy, that is not
	 * configured
	 */
	List<KeySource> select(RunRequest request, Optional<Run> before) {
		this.policy.requireKnownSources(this.sources.all().stream().map(KeySource::id).collect(Collectors.toSet()));
		Set<String> ids = before.map((run) -> Set.copyOf(run.sources())).orElse(request.sources());
		return this.sources.only("--source", ids);
	}

	/**
	 * Refuses a run that asks to disable where that is not armed, or where no source can.
	 */
	void requireArmed(RunRequest request, List<KeySource> wanted) {
		if (!request.disable()) {
			return;
		}
		if (!this.disablePolicy.armed()) {
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
