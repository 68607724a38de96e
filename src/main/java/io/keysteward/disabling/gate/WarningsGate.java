package io.keysteward.disabling.gate;

import java.util.Collection;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.Intended;
import io.keysteward.disabling.RunGate;
import io.keysteward.disabling.SourceFacts;
import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code WARNINGS}: the run would not warn too many owners at once.
 */
@Component
final class WarningsGate implements RunGate {

	private final DisablePolicy policy;

	WarningsGate(DisablePolicy policy) {
		this.policy = policy;
	}

	@Override
	public Gate gate() {
		return Gate.WARNINGS;
	}

	@Override
	public @Nullable String closed(Intended intended, Collection<SourceFacts> sources) {
		return this.policy.brake().closed(intended.warnings(), sources);
	}

}
