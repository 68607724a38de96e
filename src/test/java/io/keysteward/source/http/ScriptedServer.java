package io.keysteward.source.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server of the JDK with a test's answers, which records the requests.
 */
public final class ScriptedServer implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private volatile Function<Request, Reply> script;

	public ScriptedServer(Function<Request, Reply> script) {
		this.script = script;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	public void answering(Function<Request, Reply> other) {
		this.script = other;
	}

	public String url() {
		return "http://localhost:" + port();
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	public List<Request> requests() {
		return this.requests;
	}

	/**
	 * {@return the targets of the requests, without methods}
	 */
	public List<String> asked() {
		return this.requests.stream().map(Request::target).toList();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
			Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			this.requests.add(request);
			this.script.apply(request).send(exchange);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * A request.
	 */
	public record Request(String method, String target, Map<String, String> headers, String body) {

		public String path() {
			return this.target.replaceFirst("\\?.*", "");
		}

		/**
		 * {@return a parameter of the query, or the other value}
		 */
		public String parameter(String name, String other) {
			for (String pair : this.target.replaceFirst("^[^?]*\\??", "").split("&")) {
				if (pair.startsWith(name + "=")) {
					return pair.substring(name.length() + 1);
				}
			}
			return other;
		}

		public int number(String name, int other) {
			return Integer.parseInt(parameter(name, String.valueOf(other)));
		}

	}

	/**
	 * An answer.
	 *
	 * @param fault the fault of the transfer
	 */
	public record Reply(int status, Map<String, String> headers, byte[] body, Fault fault) {

		public static Reply json(String json) {
			return of(200, json);
		}

		public static Reply of(int status, String body) {
			return new Reply(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8),
					Fault.NONE);
		}

		public Reply with(String name, String value) {
			Map<String, String> more = new TreeMap<>(this.headers);
			more.put(name, value);
			return new Reply(this.status, more, this.body, this.fault);
		}

		public Reply fails(Fault other) {
			return new Reply(this.status, this.headers, this.body, other);
		}

		private void send(HttpExchange exchange) throws IOException {
			if (this.fault == Fault.BREAK) {
				return;
			}
			if (this.fault == Fault.SLOW) {
				pause();
			}
			this.headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
			exchange.sendResponseHeaders(this.status,
					(this.body.length == 0) ? -1 : this.body.length + ((this.fault == Fault.CUT) ? 10 : 0));
			if (this.fault == Fault.DRIP) {
				for (byte octet : this.body) {
					exchange.getResponseBody().write(octet);
					exchange.getResponseBody().flush();
					pause();
				}
			}
			exchange.getResponseBody().write(this.body);
			exchange.getResponseBody().flush();
		}

		private static void pause() {
			try {
				TimeUnit.MILLISECONDS.sleep(1500);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	/** The fault of an answer's transfer. */
	public enum Fault {

		/** No fault. */
		NONE,

		/** There is no answer. */
		BREAK,

		/** The answer is cut off. */
		CUT,

		/** The answer is late. */
		SLOW,

		/** The answer comes byte by byte. */
		DRIP

	}

}
