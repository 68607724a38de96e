package io.keysteward.metrics;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import org.jspecify.annotations.Nullable;

/**
 * Pushes to a Pushgateway and to an OTLP receiver, each with a registry of its own for
 * that push.
 */
final class Receivers {

	/** Fixed, since a Pushgateway keeps each value of a grouping key for ever. */
	private static final String JOB = "keysteward";

	private Receivers() {
	}

	static void push(List<Figure> figures, MetricsSettings settings, @Nullable String environment, Duration timeout) {
		if (settings.pushgateway() != null) {
			toPushgateway(figures, settings.pushgateway(), environment, timeout);
		}
		if (settings.otlp() != null) {
			toOtlp(figures, settings.otlp(), environment, timeout);
		}
	}

	/**
	 * A POST replaces only the metrics that it names, so a failed run keeps the last
	 * success.
	 */
	private static void toPushgateway(List<Figure> figures, MetricsSettings.Pushgateway gateway,
			@Nullable String environment, Duration timeout) {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		fill(registry, figures, environment);
		String base = Objects.requireNonNull(gateway.url()).replaceFirst("/+$", "");
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(base + "/metrics/job/" + JOB + grouping(environment)))
			.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
			.POST(HttpRequest.BodyPublishers.ofString(registry.scrape()));
		if (gateway.username() != null) {
			String login = gateway.username() + ":" + gateway.password();
			request.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
		}
		registry.close();
		HttpPush.send(request, "keysteward.metrics.pushgateway.url: " + gateway, timeout);
	}

	private static String grouping(@Nullable String environment) {
		if (environment == null) {
			return "";
		}
		return environment.contains("/")
				? "/environment@base64/"
						+ Base64.getUrlEncoder().encodeToString(environment.getBytes(StandardCharsets.UTF_8))
				: "/environment/" + URLEncoder.encode(environment, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private static void toOtlp(List<Figure> figures, MetricsSettings.Otlp otlp, @Nullable String environment,
			Duration timeout) {
		OtlpMeterRegistry registry = OtlpMeterRegistry.builder(new Once(otlp))
			.metricsSender((metrics) -> post(metrics, otlp, timeout))
			.build();
		fill(registry, figures, environment);
		// Closing publishes.
		registry.close();
	}

	private static void post(OtlpMetricsSender.Request metrics, MetricsSettings.Otlp otlp, Duration timeout) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(String.valueOf(metrics.getAddress())))
			.header("Content-Type", "application/x-protobuf")
			.POST(HttpRequest.BodyPublishers.ofByteArray(metrics.getMetricsData()));
		metrics.getHeaders().forEach(request::setHeader);
		HttpPush.send(request, "keysteward.metrics.otlp.url: " + otlp, timeout);
	}

	private static void fill(MeterRegistry registry, List<Figure> figures, @Nullable String environment) {
		if (environment != null) {
			registry.config().commonTags("environment", environment);
		}
		Figure.register(figures, registry);
	}

	/** Publishes on close only. */
	private record Once(MetricsSettings.Otlp otlp) implements OtlpConfig {

		@Override
		public @Nullable String get(String key) {
			return null;
		}

		@Override
		public String url() {
			return String.valueOf(this.otlp.url());
		}

		@Override
		public Map<String, String> headers() {
			return this.otlp.headers();
		}

		@Override
		public Map<String, String> resourceAttributes() {
			return Map.of("service.name", JOB);
		}

		@Override
		public Duration step() {
			return Duration.ofDays(1);
		}

	}

}
