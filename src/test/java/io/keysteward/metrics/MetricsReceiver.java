package io.keysteward.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;

/**
 * A web server that takes what is pushed, and remembers it.
 */
public final class MetricsReceiver implements AutoCloseable {

	private final HttpServer server;

	private final int answer;

	private final List<Push> pushes = new CopyOnWriteArrayList<>();

	public MetricsReceiver(int answer) throws IOException {
		this.answer = answer;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::take);
		this.server.start();
	}

	public String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	public List<Push> pushes() {
		return this.pushes;
	}

	/**
	 * {@return the only push there was}
	 */
	public Push push() {
		if (this.pushes.size() != 1) {
			throw new AssertionError("Not one push: " + this.pushes);
		}
		return this.pushes.get(0);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void take(HttpExchange exchange) throws IOException {
		String login = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
		this.pushes.add(new Push(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), login,
				exchange.getRequestBody().readAllBytes()));
		exchange.sendResponseHeaders(this.answer, -1);
		exchange.close();
	}

	/** One request. */
	public record Push(String method, String path, String login, byte[] body) {

		@Override
		public String toString() {
			return this.method + " " + this.path + " " + new String(this.body);
		}

		/**
		 * {@return the figures of Prometheus' text by name and labels}
		 */
		public Map<String, Double> text() {
			Map<String, Double> figures = new TreeMap<>();
			new String(this.body).lines().filter((line) -> !line.startsWith("#")).forEach((line) -> {
				int space = line.lastIndexOf(' ');
				figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
			});
			return figures;
		}

		/**
		 * {@return the figures of an OTLP request by name and attributes}
		 */
		public Map<String, Double> otlp() throws IOException {
			Map<String, Double> figures = new TreeMap<>();
			ExportMetricsServiceRequest.parseFrom(this.body)
				.getResourceMetricsList()
				.stream()
				.flatMap((resource) -> resource.getScopeMetricsList().stream())
				.flatMap((scope) -> scope.getMetricsList().stream())
				.forEach((metric) -> figures.putAll(points(metric)));
			return figures;
		}

		private static Map<String, Double> points(Metric metric) {
			Map<String, Double> points = new TreeMap<>();
			for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
				Map<String, String> attributes = new TreeMap<>();
				for (KeyValue attribute : point.getAttributesList()) {
					attributes.put(attribute.getKey(), attribute.getValue().getStringValue());
				}
				points.put(metric.getName() + attributes, point.getAsDouble());
			}
			return points;
		}

	}

}
