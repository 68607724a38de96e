package io.keysteward.metrics;

import java.util.Collection;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;

/**
 * One measured number of a run.
 *
 * @param metric its metric
 * @param tags its labels
 * @param value the number, or a time
 */
record Figure(Metric metric, List<Tag> tags, double value) {

	/**
	 * {@return a figure}
	 * @param tags names and values in turn
	 */
	static Figure of(Metric metric, double value, String... tags) {
		return new Figure(metric, Tags.of(tags).stream().toList(), value);
	}

	/**
	 * Registers figures as gauges with a fixed value.
	 */
	static void register(Collection<Figure> figures, MeterRegistry registry) {
		for (Figure figure : figures) {
			Gauge.builder(figure.metric().id(), figure::value)
				.description(figure.metric().description())
				.baseUnit(figure.metric().unit())
				.tags(figure.tags())
				.strongReference(true)
				.register(registry);
		}
	}

}
