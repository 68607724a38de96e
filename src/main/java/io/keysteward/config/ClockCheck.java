package io.keysteward.config;

import io.keysteward.job.Clocks;
import io.keysteward.source.SourceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * This machine's clock agrees with those of other machines.
 */
final class ClockCheck implements ReadinessCheck {

	private final Clocks clocks;

	private final SourceRegistry sources;

	ClockCheck(Clocks clocks, SourceRegistry sources) {
		this.clocks = clocks;
		this.sources = sources;
	}

	@Override
	public @Nullable String check(Trial trial) {
		if (trial.fault(Trial.DATABASE) != null) {
			return null;
		}
		this.clocks.requireRight(this.sources::all);
		return "no other clock shows it to be wrong";
	}

}
