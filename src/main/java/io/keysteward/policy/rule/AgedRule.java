package io.keysteward.policy.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Finding;
import io.keysteward.policy.Rule;
import io.keysteward.policy.RuleContext;

import org.springframework.stereotype.Component;

/**
 * Reports a key that should have been rotated; never a reason to disable.
 */
@Component
class AgedRule implements Rule {

	@Override
	public String code() {
		return "AGED";
	}

	@Override
	public String definition() {
		return "Created at least as long ago as the threshold: its rotation is overdue.";
	}

	@Override
	public List<String> standards() {
		return List.of("CIS AWS Foundations v7.0.0 2.12", "CIS Google Cloud Foundations v5.0.0 1.16",
				"NIST SP 800-53 r5 IA-5(f)", "PCI DSS v4.0.1 8.6.3", "ISO/IEC 27001:2022 A.5.17",
				"OWASP NHI Top 10 2025 NHI7");
	}

	@Override
	public Evidence evidence() {
		return Evidence.AGE;
	}

	@Override
	public Optional<Finding> judge(KeyRecord key, RuleContext terms) {
		Instant created = key.createdAt();
		if (created == null || created.plus(terms.thresholds().agedWarn()).isAfter(terms.asOf())) {
			return Optional.empty();
		}
		String reason = "Created on " + ReasonText.date(created) + ", " + Finding.AGO + "; rotation is due after "
				+ ReasonText.days(terms.thresholds().agedWarn()) + ".";
		return Optional.of(new Finding(code(), false, reason, created, null, null));
	}

}
