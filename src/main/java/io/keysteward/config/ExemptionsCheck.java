package io.keysteward.config;

import java.time.Clock;

import io.keysteward.job.RunExemptions;
import io.keysteward.policy.Exemptions;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * The exemptions are valid; each fault is a line of its own.
 */
final class ExemptionsCheck implements ReadinessCheck {

	private final RunExemptions exemptions;

	private final Clock clock;

	ExemptionsCheck(RunExemptions exemptions, Clock clock) {
		this.exemptions = exemptions;
		this.clock = clock;
	}

	@Override
	public @Nullable String check(Trial trial) {
		Exemptions read = this.exemptions.written(this.clock.instant());
		read.faults().forEach((fault) -> trial.failed("exemptions", Failure.configuration(fault)));
		return read.faults().isEmpty() ? Plural.of(read.all().size(), "exemption") + ", " + read.expired() + " expired"
				: null;
	}

}
