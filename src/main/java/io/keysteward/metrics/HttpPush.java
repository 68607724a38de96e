package io.keysteward.metrics;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.keysteward.text.ShownUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes figures once, within a few seconds, and logs one line on failure.
 */
final class HttpPush {

	private static final Logger logger = LoggerFactory.getLogger(HttpPush.class);

	private HttpPush() {
	}

	/**
	 * Sends the request.
	 * @param request the request
	 * @param receiver the property and its value, for the log line
	 * @param timeout the longest time that it may take
	 */
	static void send(HttpRequest.Builder request, String receiver, Duration timeout) {
		HttpClient client = HttpClient.newHttpClient();
		CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request.build(),
				HttpResponse.BodyHandlers.discarding());
		try {
			// One timeout for everything: the request's own one does not cover the
			// answer's body.
			int status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
			if (status / 100 != 2) {
				lost(receiver, "it answered " + status);
			}
		}
		catch (ExecutionException ex) {
			lost(receiver, why(ex));
		}
		catch (TimeoutException ex) {
			lost(receiver, "no answer within " + timeout.toSeconds() + " s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			lost(receiver, "interrupted");
		}
		finally {
			answer.cancel(true);
		}
	}

	private static String why(ExecutionException ex) {
		Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
		return cause.getClass().getSimpleName()
				+ ((cause.getMessage() != null) ? ": " + ShownUrl.within(cause.getMessage()) : "");
	}

	private static void lost(String receiver, String why) {
		logger.warn("metrics: {} does not take the run's figures ({}); the run itself is not affected", receiver, why);
	}

}
