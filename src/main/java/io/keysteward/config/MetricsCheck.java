package io.keysteward.config;

import io.keysteward.metrics.RunMetrics;

/**
 * Shows where figures are pushed.
 */
final class MetricsCheck implements ReadinessCheck {

	private final RunMetrics metrics;

	MetricsCheck(RunMetrics metrics) {
		this.metrics = metrics;
	}

	@Override
	public String check(Trial trial) {
		return this.metrics.places();
	}

}
