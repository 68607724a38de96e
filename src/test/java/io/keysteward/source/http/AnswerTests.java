package io.keysteward.source.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.keysteward.source.http.ScriptedServer.Fault;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.source.landing.RowFeed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Valid and invalid answers: each fault is one line, without any content of the answer.
 */
class AnswerTests {

	private static final String KEYS = "keys: { get: /keys, at: /data, columns: { id: /id } }";

	private static final String SECRET = "sk-live-4f9aQ7pLx2Wm8Zk3Vn6Tb1Yc5Rd0Ge";

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.json("{\"data\":[]}"));

	private final TestLists lists = new TestLists(this.server.url());

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void everyFieldIsAText() {
		this.server.answering((request) -> Reply
			.json("""
					{"data":[{"s":"ä\\u0001","n":1764000000123,"d":1.50,"e":1e400,"b":true,"z":null,"a":["x",{"y":1}],"o":{"p":{"q":"r"}}}]}
					"""));
		assertThat(this.lists.rows("""
				keys:
				  get: /keys
				  at: /data
				  columns: { s: /s, n: /n, d: /d, e: /e, b: /b, z: /z, a: /a, q: /o/p/q, i: /a/1/y, gone: /gone }
				""").get(0)).containsExactly("ä\u0001", "1764000000123", "1.50", "1E+400", "true", null,
				"[\"x\",{\"y\":1}]", "r", "1", RowFeed.ABSENT);
	}

	@Test
	void tenMegabytesInOneFieldAreAText() {
		String text = "x".repeat(10 * 1024 * 1024);
		this.server.answering((request) -> Reply.json("{\"data\":[{\"id\":\"" + text + "\"}]}"));
		assertThat(this.lists.rows(KEYS)).containsExactly(List.of(text));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"data":[{"id":"SECRET"},{"id":"b                  | RETRY is not read: page 1 is cut off; start the run again
					{"data":[{"id":"SECRET"}]                          | RETRY is not read: page 1 is cut off; start the run again
					``                                                 | CONFIGURATION is not read: page 1 has no list at '/data'
					{"data":[{"id":SECRET}]}                           | CONFIGURATION is not read: page 1 is not JSON, or has a name twice in one object
					{"data":[{"id":"a","id":"SECRET"}]}                | CONFIGURATION is not read: page 1 is not JSON, or has a name twice in one object
					{"data":[{"id":1e99999999999}]}                    | CONFIGURATION is not read: page 1 has a text or a number that is too long, or is nested too deep
					{"data":[]} SECRET                                 | CONFIGURATION is not read: page 1 is not JSON, or has a name twice in one object
					{"list":["SECRET"]}                                | CONFIGURATION is not read: page 1 has no list at '/data'
					{"data":{"id":"SECRET"}}                           | CONFIGURATION is not read: page 1 has no list at '/data'
					""")
	void anAnswerWithoutAListIsAFault(String body, String failure) {
		this.server.answering((request) -> Reply.json(body.replace("SECRET", SECRET)));
		assertThat(this.lists.failure(KEYS))
			.isEqualTo(failure.replaceFirst(" ", " source 'api': GET /keys of " + this.server.url() + " "));
	}

	@Test
	void nullIsAnEmptyList() {
		this.server.answering((request) -> Reply.json("{\"data\":null}"));
		assertThat(this.lists.rows(KEYS)).isEmpty();
	}

	@Test
	void aPageToLogInIsNoList() {
		this.server.answering((request) -> new Reply(200, Map.of("Content-Type", "text/html; charset=utf-8"),
				("<html>" + SECRET).getBytes(), Fault.NONE));
		assertThat(this.lists.failure(KEYS)).isEqualTo("CONFIGURATION source 'api': GET /keys of " + this.server.url()
				+ " is not read: answers with HTML, not with JSON, perhaps a login page; correct http.url or the login of the source");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"success\":false,\"data\":[]}", "{\"data\":[]}", "{\"data\":[],\"success\":null}" })
	void anAnswerThatDoesNotSayWhatIsRequiredIsAFault(String body) {
		this.server.answering((request) -> Reply.json(body));
		assertThat(this.lists
			.failure("keys: { get: /keys, at: /data, require: { /success: true }, columns: { id: /id } }"))
			.isEqualTo("CONFIGURATION source 'api': GET /keys of " + this.server.url()
					+ " is not read: page 1 does not have at"
					+ " /success the value that the definition requires (true), although the status is 200");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					400 | CONFIGURATION source 'api': GET /keys of URL answers 400
					401 | CONFIGURATION source 'api': GET /keys of URL refuses the login (401); correct it under the source's http, or check whether it has expired
					403 | CONFIGURATION source 'api': GET /keys of URL refuses the login this right (403); grant it
					404 | CONFIGURATION source 'api': GET /keys of URL is not found (404); correct http.url of the source, or the path in source.yaml
					500 | RETRY source 'api': GET /keys of URL answers 500
					501 | RETRY source 'api': GET /keys of URL answers 501
					""")
	void anErrorIsOneLineAndNotTriedAgain(int status, String failure) {
		this.server.answering((request) -> Reply.of(status, "{\"error\":\"" + SECRET + "\"}"));
		assertThat(this.lists.failure(KEYS)).isEqualTo(failure.replace("URL", this.server.url()));
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 502, 503, 504 })
	void aBusyServerIsAskedFiveTimes(int status) {
		this.server.answering((request) -> Reply.of(status, SECRET));
		assertThat(this.lists.failure(KEYS)).isEqualTo("RETRY source 'api': GET /keys of " + this.server.url()
				+ " answers " + status + ", 5 times; start the run again later");
		assertThat(this.server.requests()).hasSize(5);
		assertThat(this.lists.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2),
				Duration.ofSeconds(4), Duration.ofSeconds(8));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			7                             | PT7S
			0                             | PT0S
			Sun, 29 Nov 2026 08:01:00 GMT | PT1M
			Sun, 29 Nov 2026 07:00:00 GMT | PT0S
			soon                          | PT1S
			-5                            | PT1S
			""")
	void aBusyServerSaysHowLongItWantsToBeLeftAlone(String header, Duration pause) {
		AtomicInteger asked = new AtomicInteger();
		this.server.answering((request) -> (asked.incrementAndGet() == 1)
				? Reply.of(429, "").with("Retry-After", header).with("Date", "Sun, 29 Nov 2026 08:00:00 GMT")
				: Reply.json("{\"data\":[{\"id\":1}]}"));
		// The JDK's server adds its own Date; the first counts.
		List<?> rows = this.lists.rows(KEYS);
		assertThat(rows).hasSize(1);
		if (!header.contains("GMT")) {
			assertThat(this.lists.pauses).containsExactly(pause);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "301", "999999999", "Sun, 29 Nov 2099 08:01:00 GMT" })
	void aServerThatStopsUsForHoursIsGivenUp(String header) {
		this.server.answering((request) -> Reply.of(503, "").with("Retry-After", header));
		assertThat(this.lists.failure(KEYS)).startsWith("RETRY ")
			.contains("answers 503 and asks for a pause of ")
			.endsWith(" s, longer than the allowed 300 s; start the run again after that");
		assertThat(this.lists.pauses).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "BREAK", "CUT" })
	void aLineThatBreaksIsTriedAgain(Fault fault) {
		AtomicInteger asked = new AtomicInteger();
		this.server.answering((request) -> Reply.json("{\"data\":[{\"id\":1}]}")
			.fails((asked.incrementAndGet() < 3) ? fault : Fault.NONE));
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		this.server.answering((request) -> Reply.json("{\"data\":[{\"id\":1}]}").fails(fault));
		assertThat(this.lists.failure(KEYS)).isEqualTo("RETRY source 'api': GET /keys of " + this.server.url()
				+ " broke the connection, 5 times; start the run again later");
	}

	@ParameterizedTest
	@EnumSource(names = { "SLOW", "DRIP" })
	void aWholeAnswerHasItsTime(Fault fault) {
		this.server.answering((request) -> Reply.json("{\"data\":[{\"id\":1}]}").fails(fault));
		assertThat(this.lists.timeout(Duration.ofSeconds(1)).failure(KEYS)).isEqualTo(
				"RETRY source 'api': GET /keys of " + this.server.url() + " did not answer completely within 1 s");
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aWholeListHasItsTime() {
		AtomicInteger page = new AtomicInteger();
		this.server.answering((request) -> {
			try {
				Thread.sleep(100);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return Reply.json("[{\"id\":" + page.incrementAndGet() + "}]");
		});
		assertThat(this.lists.timeout(Duration.ofMillis(200))
			.failure("keys: { get: /keys, page: { number: page }, columns: { id: /id } }"))
			.startsWith("RETRY source 'api': GET /keys of " + this.server.url());
		assertThat(page.get()).isBetween(5, 30);
	}

	@Test
	void anAnswerOfMoreThan64MegabytesIsNotRead() {
		byte[] large = new byte[65 * 1024 * 1024];
		this.server.answering((request) -> new Reply(200, Map.of(), large, Fault.NONE));
		assertThat(this.lists.failure(KEYS)).isEqualTo("CONFIGURATION source 'api': GET /keys of " + this.server.url()
				+ " answers with more than 64 MB; ask for smaller pages");
	}

	@Test
	void aClosedPortIsOneLine() {
		int port = this.server.port();
		this.server.close();
		assertThat(this.lists.failure(KEYS)).isEqualTo("RETRY source 'api': GET /keys of http://localhost:" + port
				+ " refuses the connection: nothing listens at that address, 5 times; start the run again later");
	}

	@Test
	void anUnknownHostIsOneLine() {
		assertThat(new TestLists("https://no-such-host.invalid").failure(KEYS))
			.startsWith("RETRY source 'api': GET /keys of https://no-such-host.invalid ");
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void aRedirectIsFollowedOnTheSameServerOnly(int status) {
		this.server.answering((request) -> request.path().equals("/there") ? Reply.json("{\"data\":[{\"id\":1}]}")
				: Reply.of(status, "").with("Location", "/there"));
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		for (String other : List.of("http://127.0.0.1:" + this.server.port() + "/there", "https://example.org/",
				"ftp://localhost/x", "http://localhost:1/", "\u0001", "")) {
			this.server.answering((request) -> Reply.of(status, SECRET).with("Location", other));
			assertThat(this.lists.failure(KEYS))
				.startsWith("CONFIGURATION source 'api': GET /keys of " + this.server.url())
				.contains(" redirects to ");
		}
	}

	@Test
	void aRedirectThatNeverEndsIsGivenUp() {
		this.server.answering((request) -> Reply.of(302, "").with("Location", "/keys"));
		assertThat(this.lists.failure(KEYS)).endsWith("redirects more than 5 times");
		assertThat(this.server.requests()).hasSize(6);
	}

	@Test
	void aProbeComesFirst() {
		String probed = KEYS + "\n!probe: { get: /user, at: /is_admin, is: true }";
		this.server.answering((request) -> Reply
			.json(request.path().equals("/user") ? "{\"is_admin\":true}" : "{\"data\":[{\"id\":1}]}"));
		assertThat(this.lists.rows(probed)).hasSize(1);
		assertThat(this.server.asked()).containsExactly("/user", "/keys");
		for (String answer : List.of("{\"is_admin\":false}", "{}", "[]", "{\"is_admin\":null}")) {
			this.server.answering((request) -> Reply.json(answer));
			assertThat(this.lists.failure(probed)).startsWith("CONFIGURATION ")
				.endsWith("source.yaml: probe: /user of " + this.server.url()
						+ " does not have true at /is_admin: the login may not see all that the definition needs, or"
						+ " it is the wrong system; correct http.url or the login of the source");
		}
	}

}
