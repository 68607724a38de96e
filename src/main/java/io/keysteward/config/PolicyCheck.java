package io.keysteward.config;

import java.util.stream.Collectors;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.policy.Policy;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The policy and the settings for disabling are valid.
 */
final class PolicyCheck implements ReadinessCheck {

	private final Policy policy;

	private final ObjectProvider<DisablePolicy> disabling;

	PolicyCheck(Policy policy, ObjectProvider<DisablePolicy> disabling) {
		this.policy = policy;
		this.disabling = disabling;
	}

	@Override
	public String check(Trial trial) {
		this.disabling.getObject();
		return "preset " + this.policy.preset() + ": "
				+ this.policy.base()
					.settings()
					.entrySet()
					.stream()
					.limit(5)
					.map((entry) -> entry.getKey() + " " + entry.getValue())
					.collect(Collectors.joining(", "));
	}

}
