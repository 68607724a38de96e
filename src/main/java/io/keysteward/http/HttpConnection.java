package io.keysteward.http;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Sends one request and waits for the complete answer, within limits of time and size. It
 * follows no redirects and repeats nothing.
 */
public final class HttpConnection {

	private static final Duration CONNECT = Duration.ofSeconds(10);

	/** As large as a page of a long list may be. */
	private static final DataSize LARGEST = DataSize.ofMegabytes(64);

	private final HttpClient client;

	private final DataSize largest;

	/**
	 * Creates the connection.
	 * @param trust the trusted authorities; null: the JDK's
	 */
	public HttpConnection(@Nullable SSLContext trust) {
		this(trust, LARGEST);
	}

	/**
	 * Creates a connection for small answers.
	 * @param trust the trusted authorities; null: the JDK's
	 * @param largest the size of the largest answer
	 */
	public HttpConnection(@Nullable SSLContext trust, DataSize largest) {
		this.largest = largest;
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT)
			.followRedirects(HttpClient.Redirect.NEVER);
		if (trust != null) {
			builder.sslContext(trust);
		}
		this.client = builder.build();
	}

	/**
	 * {@return the complete answer}
	 * @param timeout the time limit of the complete answer
	 */
	public Answer send(HttpRequest request, Duration timeout) throws NoAnswer {
		CompletableFuture<HttpResponse<List<byte[]>>> coming = this.client.sendAsync(request,
				(head) -> new LimitedBody(this.largest.toBytes()));
		try {
			HttpResponse<List<byte[]>> answer = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
			return new Answer(request.uri(), answer.statusCode(), answer.headers(), answer.body());
		}
		catch (TimeoutException ex) {
			throw new NoAnswer(NoAnswer.Stage.TIME, "did not answer completely within " + timeout.toSeconds() + " s");
		}
		catch (ExecutionException ex) {
			throw noAnswer(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NoAnswer(NoAnswer.Stage.TIME, "did not answer before the run was interrupted");
		}
		finally {
			coming.cancel(true);
		}
	}

	/** Without the client's own messages, which quote the answer. */
	private NoAnswer noAnswer(Throwable failed) {
		if (has(failed, LimitedBody.TooLarge.class)) {
			return new NoAnswer(NoAnswer.Stage.SIZE, "answers with more than " + ((this.largest.toMegabytes() > 0)
					? this.largest.toMegabytes() + " MB" : this.largest.toKilobytes() + " kB"));
		}
		if (has(failed, HttpConnectTimeoutException.class)) {
			return new NoAnswer(NoAnswer.Stage.CONNECTING, "cannot be reached within " + CONNECT.toSeconds() + " s");
		}
		if (has(failed, UnresolvedAddressException.class)) {
			return new NoAnswer(NoAnswer.Stage.CONNECTING, "has an unknown host");
		}
		if (has(failed, ConnectException.class)) {
			return new NoAnswer(NoAnswer.Stage.CONNECTING, "refuses the connection: nothing listens at that address");
		}
		if (has(failed, SSLException.class) && !has(failed, EOFException.class)
				&& !has(failed, SocketException.class)) {
			return new NoAnswer(NoAnswer.Stage.TRUST,
					"has an untrusted certificate, or does not use TLS; name its authority as ssl-bundle");
		}
		return new NoAnswer(NoAnswer.Stage.BROKEN, "broke the connection");
	}

	private static boolean has(Throwable failed, Class<? extends Throwable> type) {
		return Stream.iterate(failed, Objects::nonNull, Throwable::getCause).anyMatch(type::isInstance);
	}

}
