package io.keysteward.policy.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import io.keysteward.policy.Finding;
import io.keysteward.policy.Rule;
import io.keysteward.policy.RuleContext;
import io.keysteward.policy.Thresholds;

import org.springframework.stereotype.Component;

/**
 * Reports a key that nobody uses; every doubt about its last use counts for the key.
 */
@Component
class IdleRule implements Rule {

	@Override
	public String code() {
		return "IDLE";
	}

	@Override
	public String definition() {
		return "Not used for the threshold, counted from the latest of its last use, its creation and the start of "
				+ "recording, plus the source's granularity and the uncertainty; unknown use is never idle.";
	}

	@Override
	public List<String> standards() {
		return List.of("CIS Controls v8.1 5.3", "CIS AWS Foundations v7.0.0 2.11", "NIST SP 800-53 r5 AC-2(3)(d)",
				"PCI DSS v4.0.1 8.2.6", "PCI DSS v4.0.1 7.2.5.1", "ISO/IEC 27001:2022 A.5.18", "SOC 2 TSC CC6.3",
				"OWASP NHI Top 10 2025 NHI1");
	}

	@Override
	public Evidence evidence() {
		return Evidence.USAGE;
	}

	@Override
	public Optional<Finding> judge(KeyRecord key, RuleContext terms) {
		Instant since = terms.unusedSince(key);
		if (since == null) {
			return Optional.empty();
		}
		Thresholds thresholds = terms.thresholds();
		Duration margin = terms.source().granularity().plus(thresholds.uncertainty());
		Instant unusedForSure = since.plus(margin);
		if (unusedForSure.plus(thresholds.idleWarn()).isAfter(terms.asOf())) {
			return Optional.empty();
		}
		Instant violationAt = unusedForSure.plus(thresholds.idleViolation());
		boolean violation = !violationAt.isAfter(terms.asOf());
		String reason = lastSign(key, since) + ", " + Finding.AGO + "; " + threshold(thresholds, violation)
				+ uncertain(margin) + ".";
		return Optional.of(new Finding(code(), violation, reason, since, violationAt, null));
	}

	private static String lastSign(KeyRecord key, Instant since) {
		if (since.equals(key.usage().lastUsedAt())) {
			return "Last used on " + ReasonText.date(since);
		}
		if (since.equals(key.createdAt())) {
			boolean never = key.usage().state() == Usage.State.NEVER_USED;
			return (never ? "Never used since it was created on " : "Not used since it was created on ")
					+ ReasonText.date(since);
		}
		return "No use seen since recording began on " + ReasonText.date(since);
	}

	private static String threshold(Thresholds thresholds, boolean violation) {
		return violation ? "the violation threshold is " + ReasonText.days(thresholds.idleViolation())
				: "the warning threshold is " + ReasonText.days(thresholds.idleWarn());
	}

	private static String uncertain(Duration margin) {
		return margin.isZero() ? "" : " plus " + ReasonText.hours(margin) + " of uncertainty";
	}

}
