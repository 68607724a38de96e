package io.keysteward.source.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.Project;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.http.ScriptedServer.Fault;
import io.keysteward.source.http.ScriptedServer.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins, rows and answers are never shown: not in a message, not in its causes, not in a
 * log of any level.
 */
@ExtendWith(OutputCaptureExtension.class)
class HttpSecretsTests {

	private static final org.slf4j.Logger logger = LoggerFactory.getLogger(HttpSecretsTests.class);

	private static final String LOGIN = "l0gin-Sekret.7";

	private static final String GIVEN = "g1ven-Sekret.8";

	private static final String ANSWERED = "4nswered-Sekret.9";

	private static final Instant AS_OF = Instant.now().truncatedTo(ChronoUnit.MICROS);

	private static final KeyRecord KEY = new KeyRecord(new KeyId("x", "k"), "service", null, Project.NONE, Owner.NONE,
			AS_OF.minusSeconds(40_000_000), Usage.used(AS_OF.minusSeconds(20_000_000)), null, KeyStatus.ACTIVE, "team",
			null, null, null);

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final @Nullable Level before = this.root.getLevel();

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.json("{\"keys\":[]}"));

	private final Path directory;

	HttpSecretsTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@BeforeEach
	void logAll() {
		this.root.setLevel(Level.TRACE);
	}

	@AfterEach
	void stop() {
		this.root.setLevel(this.before);
		this.server.close();
	}

	@Test
	void nothingIsShown(CapturedOutput output) throws Exception {
		int used = 0;
		for (SourceSettings.Http http : logins()) {
			for (Reply reply : answers()) {
				this.server.answering((request) -> request.path().equals("/token")
						? Reply.json("{\"access_token\":\"" + GIVEN + "\"}") : reply);
				attempt(http);
			}
			used += (int) this.server.requests()
				.stream()
				.filter((request) -> shows(request.headers().toString()))
				.count();
		}
		assertThat(used).as("secrets were sent").isGreaterThan(50);
		assertThat(output.getAll()).contains("answers 400", "is not JSON");
		leaksNothing(output.getAll());
	}

	@Test
	void aLoginThatCannotBeRightIsNotShown(CapturedOutput output) {
		for (String url : List.of("https://u:" + LOGIN + "@localhost", "http://example.org/" + LOGIN, LOGIN,
				"https://exa mple.org/" + LOGIN, "https://localhost?" + LOGIN)) {
			attempt(new SourceSettings.Http(url, null, LOGIN, null, null, null, null, null));
		}
		attempt(new SourceSettings.Http(this.server.url(), Map.of("X-A", LOGIN, "Authorization", LOGIN), LOGIN,
				new SourceSettings.Login("u", LOGIN), null, null, null, null));
		attempt(new SourceSettings.Http(this.server.url(), null, LOGIN + "\n" + LOGIN, null, null, null, null, null));
		leaksNothing(output.getAll());
	}

	private List<SourceSettings.Http> logins() throws Exception {
		String url = this.server.url();
		Path program = Files.writeString(this.directory.resolve("token"),
				"#!/bin/sh\necho " + LOGIN + " >&2\necho " + GIVEN + "\n");
		assertThat(program.toFile().setExecutable(true)).isTrue();
		SourceSettings.Login login = new SourceSettings.Login("ann", LOGIN);
		return List.of(new SourceSettings.Http(url, Map.of("X-Key", LOGIN), null, null, null, null, null, null),
				new SourceSettings.Http(url, null, LOGIN, null, null, null, null, null),
				new SourceSettings.Http(url, null, null, login, null, null, null, null),
				new SourceSettings.Http(url, null, null, null, login, null, null, null),
				new SourceSettings.Http(url, null, null, null, null,
						new SourceSettings.Oauth2(url + "/token", "client", LOGIN, null), null, null),
				new SourceSettings.Http(url, null, null, null, null, null, List.of(program.toString()), null));
	}

	private static List<Reply> answers() {
		String everywhere = Arrays.stream(KeyColumn.values())
			.map((column) -> "\"" + column.columnName() + "\":\"" + ANSWERED + "\"")
			.collect(Collectors.joining(",", "{", ",\"rev\":1,\"secret\":\"" + ANSWERED + "\"}"));
		List<Reply> replies = new ArrayList<>();
		for (int status : new int[] { 400, 401, 403, 404, 500, 503, 302 }) {
			replies.add(Reply.of(status, ANSWERED)
				.with("Location", "https://example.org/" + ANSWERED)
				.with("Retry-After", ANSWERED)
				.with("WWW-Authenticate", "Basic realm=\"" + ANSWERED + "\""));
		}
		for (String body : List.of(ANSWERED, "{\"keys\":[" + ANSWERED, "{\"keys\":[{\"" + ANSWERED + "\":1",
				"{\"keys\":[" + everywhere + "]}", "{\"keys\":[{\"a\":\"" + ANSWERED + "\",\"a\":1}]}",
				"{\"" + ANSWERED + "\":1}")) {
			replies.add(Reply.json(body));
		}
		replies.add(new Reply(200, Map.of("Content-Type", "text/html"), ANSWERED.getBytes(StandardCharsets.UTF_8),
				Fault.NONE));
		replies.add(Reply.json(ANSWERED).fails(Fault.CUT));
		return replies;
	}

	private static void attempt(SourceSettings.Http http) {
		List<Runnable> actions = new ArrayList<>();
		actions.add(() -> {
			KeySource source = load(http);
			logger.info("{} {} {}", source, source.place(), http);
		});
		actions.add(() -> load(http).open(Set.of()).close());
		actions.add(() -> load(http).probe());
		actions.add(() -> load(http).keySwitch(Set.of())
			.disable(new Order(KEY, 7, AS_OF), (undo) -> assertThat(undo).doesNotContain("Sekret")));
		for (Runnable action : actions) {
			try {
				action.run();
			}
			catch (RuntimeException ex) {
				logger.error("it failed", ex);
			}
		}
	}

	private static KeySource load(SourceSettings.Http http) {
		return TestApi.load(TestApi.yaml("", true).replace("page: { offset: offset, size: limit, of: 500 }", ""),
				TestApi.DISABLE, TestApi.RESTORE, http);
	}

	private static boolean shows(String text) {
		return secrets().stream().anyMatch(text::contains);
	}

	private static void leaksNothing(String output) {
		assertThat(output).contains("it failed");
		assertThat(output.lines()
			.filter(HttpSecretsTests::isOurs)
			.filter(HttpSecretsTests::shows)
			.map((line) -> line.substring(0, Math.min(300, line.length())))).isEmpty();
	}

	/** A server writes a text that it cannot cast to its own log. */
	private static boolean isOurs(String line) {
		return !line.contains("EmbeddedPostgres");
	}

	/** The secrets, plain and encoded. */
	private static List<String> secrets() {
		return List.of(LOGIN, GIVEN, ANSWERED, base64("ann:" + LOGIN), base64("client:" + LOGIN));
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
