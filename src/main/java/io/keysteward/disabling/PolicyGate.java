package io.keysteward.disabling;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * {@code POLICY}: policy and source definitions are those of the run before, or somebody
 * said that the change is meant.
 */
final class PolicyGate implements SourceGate {

	private final @Nullable String before;

	private final boolean accepted;

	/**
	 * Makes the gate of one run.
	 * @param before the SHA-256 of the policy of the run before; null: there is none
	 * @param accepted whether a change was accepted
	 */
	PolicyGate(@Nullable String before, boolean accepted) {
		this.before = before;
		this.accepted = accepted;
	}

	@Override
	public Gate gate() {
		return Gate.POLICY;
	}

	@Override
	public @Nullable String closed(SourceFacts source, Run run) {
		if (this.before == null) {
			return "There is no complete run before this one.";
		}
		if (this.before.equals(run.policySha256()) || this.accepted) {
			return null;
		}
		return "The policy, a setting of disabling, a source's definition or its place is not that of the run before; the next run"
				+ " may disable by it, or this one with --accept-policy-change.";
	}

}
