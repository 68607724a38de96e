package io.keysteward.disabling.gate;

import io.keysteward.disabling.PlannedRun;
import io.keysteward.disabling.SourceFacts;
import io.keysteward.disabling.SourceGate;
import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code POLICY}: policy and source definitions are those of the run before, or the
 * operator accepted the change.
 */
@Component
final class PolicyGate implements SourceGate {

	@Override
	public Gate gate() {
		return Gate.POLICY;
	}

	@Override
	public @Nullable String closed(SourceFacts source, PlannedRun run) {
		if (run.policyBefore() == null) {
			return "There is no complete run before this one.";
		}
		if (run.policyBefore().equals(run.run().policySha256()) || run.policyAccepted()) {
			return null;
		}
		return "The policy, a setting of disabling, a source's definition or its place is not that of the run before; the next run"
				+ " may disable by it, or this one with --accept-policy-change.";
	}

}
