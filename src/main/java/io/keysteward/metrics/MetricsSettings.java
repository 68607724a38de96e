package io.keysteward.metrics;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

import io.keysteward.text.Failure;
import io.keysteward.text.ShownUrl;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code keysteward.metrics}. Neither place is set as shipped: nothing is
 * pushed then.
 *
 * @param pushgateway a Prometheus Pushgateway; null: none
 * @param otlp a receiver of OpenTelemetry metrics over HTTP; null: none
 */
public record MetricsSettings(@Nullable Pushgateway pushgateway, @Nullable Otlp otlp) {

	/**
	 * {@return whether anything is pushed anywhere}
	 */
	boolean isSet() {
		return this.pushgateway != null || this.otlp != null;
	}

	/** Refuses what could never be pushed to. */
	void check() {
		if (this.pushgateway != null) {
			require("keysteward.metrics.pushgateway.url", this.pushgateway.url(),
					"http://pushgateway.example.com:9091");
			if ((this.pushgateway.username() != null) != (this.pushgateway.password() != null)) {
				throw Failure.configuration("keysteward.metrics.pushgateway: has username or password, but not both;"
						+ " set both, or neither");
			}
		}
		if (this.otlp != null) {
			require("keysteward.metrics.otlp.url", this.otlp.url(), "http://collector.example.com:4318/v1/metrics");
		}
	}

	private static void require(String property, @Nullable String url, String example) {
		if (url == null || url.isBlank()) {
			throw Failure.configuration(property + ": is not set; write a URL such as " + example
					+ ", or remove what stands beside it to push nothing");
		}
		URI uri = uri(url);
		if (uri != null && uri.getRawUserInfo() != null) {
			throw Failure.configuration(
					property + ": holds a password; write it as a setting of its own, where it is" + " kept secret");
		}
		if (uri == null || uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
				|| ShownUrl.impossiblePort(url).isPresent() || uri.getRawQuery() != null
				|| uri.getRawFragment() != null) {
			throw Failure.configuration(
					property + ": '" + ShownUrl.of(url) + "' is not allowed; write a URL such as " + example);
		}
	}

	private static @Nullable URI uri(String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/**
	 * A Prometheus Pushgateway.
	 *
	 * @param url its address, without {@code /metrics}
	 * @param username for basic authentication; null: none
	 * @param password its password
	 */
	public record Pushgateway(@Nullable String url, @Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			return ShownUrl.of(String.valueOf(this.url));
		}

	}

	/**
	 * A receiver of OpenTelemetry metrics.
	 *
	 * @param url the whole address, mostly with {@code /v1/metrics}
	 * @param headers sent along, such as {@code Authorization}
	 */
	public record Otlp(@Nullable String url, @DefaultValue Map<String, String> headers) {

		@Override
		public String toString() {
			return ShownUrl.of(String.valueOf(this.url));
		}

	}

}
