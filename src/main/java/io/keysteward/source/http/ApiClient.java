package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.keysteward.http.Answer;
import io.keysteward.http.HttpConnection;
import io.keysteward.http.NoAnswer;
import io.keysteward.http.RetryAfter;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one API, one at a time: with its login, within its limits, with
 * retries if the server is busy, and never to another server.
 */
final class ApiClient {

	private static final int ATTEMPTS = 5;

	private static final int REDIRECTS = 5;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	/**
	 * The longest pause that a server may request; a longer one ends the run's reading.
	 */
	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

	private static final Set<Integer> ELSEWHERE = Set.of(301, 302, 303, 307, 308);

	private static final Set<Integer> SHOWN_ELSEWHERE = Set.of(301, 302, 303);

	private static final int UNAUTHORIZED = 401;

	private static final int FORBIDDEN = 403;

	private static final int NOT_FOUND = 404;

	private static final int REQUEST_TIMEOUT = 408;

	private static final int SERVER_FAULT = 500;

	private final String source;

	private final HttpAddress address;

	private final Map<String, String> headers;

	private final Authentication authentication;

	private final HttpConnection connection;

	private final Duration timeout;

	private final Consumer<Duration> pause;

	private final Clock clock;

	/**
	 * Creates the client of one source.
	 * @param source its id
	 * @param headers the headers of each request
	 * @param timeout the time limit of one complete answer
	 * @param pause waits for a duration
	 * @param clock our clock
	 */
	ApiClient(String source, HttpAddress address, Map<String, String> headers, Authentication authentication,
			HttpConnection connection, Duration timeout, Consumer<Duration> pause, Clock clock) {
		this.source = source;
		this.address = address;
		this.headers = headers;
		this.authentication = authentication;
		this.connection = connection;
		this.timeout = timeout;
		this.pause = pause;
		this.clock = clock;
	}

	String source() {
		return this.source;
	}

	HttpAddress address() {
		return this.address;
	}

	Instant localTime() {
		return this.clock.instant();
	}

	/**
	 * {@return the time limit of one complete answer}
	 */
	Duration timeout() {
		return this.timeout;
	}

	/** Waits. */
	void pause(Duration duration) {
		this.pause.accept(duration);
	}

	/**
	 * {@return the answer to a GET, which must be successful}
	 * @param call the request
	 * @param deadline the deadline of the whole list
	 */
	Answer get(Call call, Deadline deadline) {
		return requireSuccess(call, followed(call, deadline));
	}

	/**
	 * {@return the answer to a GET; null: not found (404)}
	 */
	@Nullable Answer find(Call call, Deadline deadline) {
		Answer answer = followed(call, deadline);
		return (answer.status() == NOT_FOUND) ? null : requireSuccess(call, answer);
	}

	private Answer requireSuccess(Call call, Answer answer) {
		if (!answer.isSuccess()) {
			throw refused(call, answer);
		}
		return answer;
	}

	/**
	 * {@return the answer to a GET after redirects and retries, of any other status}
	 */
	Answer followed(Call call, Deadline deadline) {
		Call next = call;
		for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
			Answer answer = retried(next, BUSY, deadline);
			if (!ELSEWHERE.contains(answer.status())) {
				return answer;
			}
			next = next.at(sameServer(call, answer.uri(), answer.header("Location"), "redirects"));
		}
		throw Failure.configuration(line(call, "redirects more than " + REDIRECTS + " times"));
	}

	/**
	 * {@return the answer to a GET, of any status}
	 */
	Answer anyAnswer(Call call, Deadline deadline) {
		return retried(call, Set.of(), deadline);
	}

	private Answer retried(Call call, Set<Integer> busy, Deadline deadline) {
		Duration backoff = FIRST_PAUSE;
		for (int attempt = 1;; attempt++) {
			String why;
			Duration wait = backoff;
			try {
				Answer answer = authenticated(call, deadline);
				if (!busy.contains(answer.status())) {
					return answer;
				}
				why = "answers " + answer.status();
				wait = Objects.requireNonNullElse(RetryAfter.read(answer, localTime()), backoff);
			}
			catch (NoAnswer ex) {
				why = ex.why();
				requirePassing(call, ex);
			}
			requireAnotherAttempt(call, attempt, why, wait, deadline);
			pause(wait);
			backoff = backoff.multipliedBy(2);
		}
	}

	private void requirePassing(Call call, NoAnswer none) {
		if (none.isLasting()) {
			throw Failure.configuration(line(call, none.why() + (none.isTooLarge() ? "; ask for smaller pages" : "")));
		}
		if (!none.isTransient()) {
			throw Failure.retry(line(call, none.why()), null);
		}
	}

	private void requireAnotherAttempt(Call call, int attempt, String why, Duration wait, Deadline deadline) {
		if (attempt == ATTEMPTS) {
			throw Failure.retry(line(call, why + ", " + ATTEMPTS + " times; start the run again later"), null);
		}
		if (wait.compareTo(LONGEST_PAUSE) > 0) {
			throw Failure
				.retry(line(call, why + " and asks for a pause of " + wait.toSeconds() + " s, longer than the allowed "
						+ LONGEST_PAUSE.toSeconds() + " s; start the run again after that"), null);
		}
		if (wait.compareTo(deadline.left()) > 0) {
			throw timedOut(call, deadline);
		}
	}

	/**
	 * {@return the answer to a request after the login}
	 */
	private Answer authenticated(Call call, Deadline deadline) throws NoAnswer {
		for (int refused = 0;; refused++) {
			Duration left = deadline.left();
			if (left.isZero()) {
				throw timedOut(call, deadline);
			}
			Answer answer = this.connection.send(request(call),
					(left.compareTo(this.timeout) < 0) ? left : this.timeout);
			if (answer.status() != UNAUTHORIZED || !this.authentication.renew(answer, refused)) {
				return answer;
			}
		}
	}

	private HttpRequest request(Call call) {
		HttpRequest.Builder request = HttpRequest.newBuilder(call.uri());
		request.setHeader("Accept", "application/json").setHeader("User-Agent", "keysteward");
		request.setHeader("Cache-Control", "no-cache");
		this.headers.forEach(request::setHeader);
		call.headers().forEach(request::setHeader);
		this.authentication.sign(request, call.method(), call.uri());
		return request.method(call.method(), call.content()).build();
	}

	/**
	 * Sends a request that changes something, once. Only a request without a valid login
	 * (401) is sent again, with a new one.
	 * @return the answer, of any status
	 */
	Answer change(Call call) throws NoAnswer {
		return authenticated(call, Deadline.in(this.timeout));
	}

	/**
	 * {@return an address in an answer, which must be on the same server}
	 * @param from the address of the answer
	 * @param link the address in it
	 * @param what what the answer does, for messages
	 */
	URI sameServer(Call call, URI from, @Nullable String link, String what) {
		URI uri;
		try {
			uri = from.resolve(String.valueOf(link).strip());
		}
		catch (IllegalArgumentException ex) {
			throw Failure.configuration(line(call, what + " to an invalid address"));
		}
		if (link == null || link.isBlank() || !this.address.isSameServer(uri)) {
			throw Failure.configuration(line(call, what + " to another server than " + this.address.origin()
					+ ", which is refused, since it would get the login too; correct http.url of the source"));
		}
		return uri;
	}

	private Failure refused(Call call, Answer answer) {
		return switch (answer.status()) {
			case UNAUTHORIZED -> Failure.configuration(line(call,
					"refuses the login (401); correct it under the source's http, or check whether it has expired"));
			case FORBIDDEN -> Failure.configuration(line(call, "refuses the login this right (403); grant it"));
			case NOT_FOUND -> Failure.configuration(
					line(call, "is not found (404); correct http.url of the source, or the path in source.yaml"));
			default -> other(call, answer.status());
		};
	}

	/**
	 * {@return the failure of an unexpected status}
	 */
	Failure other(Call call, int status) {
		String line = line(call, "answers " + status);
		return (isServerFault(status) || BUSY.contains(status)) ? Failure.retry(line, null)
				: Failure.configuration(line);
	}

	/**
	 * {@return whether the status is a server error}
	 */
	static boolean isServerFault(int status) {
		return status >= SERVER_FAULT || status == REQUEST_TIMEOUT;
	}

	/**
	 * {@return whether it leads to what came of a request, where others lead to whom to
	 * send it to}
	 */
	static boolean mayShowWhatWasDone(int status) {
		return SHOWN_ELSEWHERE.contains(status);
	}

	private Failure timedOut(Call call, Deadline deadline) {
		return Failure.retry(line(call,
				"was not read completely within " + deadline.allowed().toSeconds() + " s; raise statement-timeout"),
				null);
	}

	/**
	 * {@return a message about a request, without its values and its answer}
	 */
	String line(Call call, String what) {
		return "source '" + this.source + "': " + call.method() + " " + call.shown() + " of " + this.address + " "
				+ what;
	}

	@Override
	public String toString() {
		return "client of source '" + this.source + "' at " + this.address;
	}

}
