package io.keysteward.job;

import java.util.List;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.source.SourceRegistry;

import org.springframework.stereotype.Component;

/**
 * Writes out the policy that is in force, with the definitions of all sources.
 */
@Component
class EffectivePolicies {

	private final Policy policy;

	private final DisablePolicy disablePolicy;

	private final List<Rule> rules;

	private final SourceRegistry sources;

	EffectivePolicies(Policy policy, DisablePolicy disablePolicy, List<Rule> rules, SourceRegistry sources) {
		this.policy = policy;
		this.disablePolicy = disablePolicy;
		this.rules = rules;
		this.sources = sources;
	}

	/**
	 * {@return the policy with each source where it is now}
	 */
	EffectivePolicy at(Places places) {
		return EffectivePolicy.of(this.policy, this.disablePolicy, this.rules, this.sources.all(), places);
	}

}
