package io.keysteward;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Finding;
import io.keysteward.policy.Rule;
import io.keysteward.policy.RuleContext;

/**
 * A rule that judges as a test says.
 *
 * @param code its name
 * @param evidence on what its findings rest
 * @param judgement its finding about a key, if any
 */
public record TestRule(String code, Evidence evidence,
		BiFunction<KeyRecord, RuleContext, Optional<Finding>> judgement) implements Rule {

	@Override
	public String definition() {
		return "";
	}

	@Override
	public List<String> standards() {
		return List.of();
	}

	@Override
	public Optional<Finding> judge(KeyRecord key, RuleContext terms) {
		return this.judgement.apply(key, terms);
	}

}
