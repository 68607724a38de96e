package io.keysteward.config;

import io.keysteward.policy.Coverage;
import io.keysteward.source.SourceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Each exemption and override fits some key, if every key of every source was read.
 */
final class CoverageCheck implements ReadinessCheck {

	private final SourceRegistry sources;

	CoverageCheck(SourceRegistry sources) {
		this.sources = sources;
	}

	@Override
	public @Nullable String check(Trial trial) {
		Coverage coverage = trial.coverage();
		if (coverage != null) {
			coverage.unfit(this.sources.ids())
				.forEach((unfit) -> trial.warned((unfit.exemption() != null) ? "exemptions" : Trial.POLICY,
						unfit.line()));
		}
		return null;
	}

}
