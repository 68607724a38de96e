package io.keysteward.source.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.keysteward.http.HttpConnection;
import io.keysteward.source.http.ScriptedServer.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens from client credentials or from a program.
 */
class TokenTests {

	private static final String KEYS = "keys: { get: /keys, columns: { id: /id } }";

	private static final String SECRET = "cl13nt-s3cret/+ä";

	private final AtomicInteger given = new AtomicInteger();

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.json("[{\"id\":1}]"));

	private final TestLists lists = new TestLists(this.server.url());

	private final Path directory;

	TokenTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aTokenIsAskedForOnceAndSentUntilItEnds() {
		tokens("{\"access_token\":\"t%d\",\"token_type\":\"bearer\",\"expires_in\":3600}", "t1");
		this.lists.authentication(oauth2("keys:read"));
		for (int i = 0; i < 3; i++) {
			assertThat(this.lists.rows(KEYS)).hasSize(1);
		}
		assertThat(this.server.asked()).containsExactly("/token", "/keys", "/keys", "/keys");
		assertThat(this.server.requests().get(0).method()).isEqualTo("POST");
		assertThat(this.server.requests().get(0).body()).isEqualTo("grant_type=client_credentials&scope=keys%3Aread");
		assertThat(this.server.requests().get(0).headers()).containsEntry("Authorization",
				FixedHeader.basicValue("client", "cl13nt-s3cret%2F%2B%C3%A4"));
	}

	@Test
	void aTokenThatHasEndedIsAskedForAgain() throws Exception {
		tokens("{\"access_token\":\"t%d\",\"expires_in\":1}", "t1", "t2");
		Authentication oauth2 = oauth2(null);
		assertThat(this.lists.authentication(oauth2).rows(KEYS)).hasSize(1);
		Thread.sleep(600);
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		assertThat(this.given.get()).isEqualTo(2);
	}

	@Test
	void aTokenThatIsRefusedIsAskedForOnceMore() {
		tokens("{\"access_token\":\"t%d\",\"expires_in\":3600}", "t2");
		assertThat(this.lists.authentication(oauth2(null)).rows(KEYS)).hasSize(1);
		assertThat(this.server.asked()).containsExactly("/token", "/keys", "/token", "/keys");
		tokens("{\"access_token\":\"t%d\",\"expires_in\":3600}", "none");
		assertThat(this.lists.failure(KEYS)).contains("refuses the login (401)");
		assertThat(this.server.requests()).hasSize(4 + 3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					400 | {"error":"t0k3n"}          | CONFIGURATION http.oauth2: the token server answered 400; correct token-url, client-id, client-secret or scope
					503 | t0k3n                      | RETRY http.oauth2: the token server answered 503
					429 | t0k3n                      | RETRY http.oauth2: the token server answered 429
					302 | t0k3n                      | CONFIGURATION http.oauth2: the token server answered 302; correct token-url, client-id, client-secret or scope
					200 | <html>t0k3n                | CONFIGURATION http.oauth2: the token server does not answer with JSON; correct token-url
					200 | {"token":"t0k3n"}          | CONFIGURATION http.oauth2: the token server returned no access_token; correct token-url
					200 | {"access_token":"t0k3n\\n"}| none
					200 | {"access_token":"t0\\nk3n"}| CONFIGURATION http.oauth2: the token: has a line break or another character that is not allowed in a header; write plain letters, digits and signs
					""")
	void anAnswerWithoutATokenIsOneLine(int status, String body, String failure) {
		this.server.answering(
				(request) -> request.path().equals("/token") ? Reply.of(status, body) : Reply.json("[{\"id\":1}]"));
		assertThat(this.lists.authentication(oauth2(null)).failure(KEYS)).isEqualTo(failure).doesNotContain(SECRET);
	}

	@Test
	void aProgramPrintsAToken() throws IOException {
		Path count = this.directory.resolve("count");
		Path program = program(
				"echo x >> " + count + "; echo secret-words >&2; echo \" t$(wc -l < " + count + " | tr -d ' ') \"");
		Authentication command = new TokenLogin(
				new TokenCommand("http.token-command", List.of(program.toString(), "a")));
		tokens("", "t1");
		assertThat(this.lists.authentication(command).rows(KEYS)).hasSize(1);
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		assertThat(Files.readAllLines(count)).hasSize(1);
		tokens("", "t2");
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		assertThat(Files.readAllLines(count)).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					echo s3cret; exit 3              | CONFIGURATION http.token-command 'PROGRAM': ended with 3; run it by hand to see why
					true                             | CONFIGURATION http.token-command 'PROGRAM': printed nothing; it must print the token
					echo s3cret; echo s3cret         | CONFIGURATION http.token-command: the program's output: has a line break or another character that is not allowed in a header; write plain letters, digits and signs
					echo s3cret; sleep 60            | RETRY http.token-command 'PROGRAM': did not end within 1 s
					echo s3cret; exec >&-; sleep 60  | RETRY http.token-command 'PROGRAM': did not end within 1 s
					""")
	void aProgramThatPrintsNoTokenIsOneLine(String script, String failure) throws IOException {
		Path program = program(script);
		Authentication command = new TokenLogin(
				new TokenCommand("http.token-command", List.of(program.toString()), Duration.ofSeconds(1)));
		assertThat(this.lists.authentication(command).failure(KEYS))
			.isEqualTo(failure.replace("PROGRAM", program.toString()));
		assertThat(this.server.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/no/such/program", "/tmp" })
	void aProgramThatIsNotThereIsOneLine(String program) {
		Authentication command = new TokenLogin(new TokenCommand("http.token-command", List.of(program)));
		assertThat(this.lists.authentication(command).failure(KEYS)).isEqualTo("CONFIGURATION http.token-command '"
				+ program + "': cannot be started; write a program's path and its arguments as a list");
	}

	private Path program(String script) throws IOException {
		Path program = Files.createFile(this.directory.resolve("token"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		return Files.writeString(program, "#!/bin/sh\n" + script + "\n");
	}

	private Authentication oauth2(@Nullable String scope) {
		return new TokenLogin(new ClientCredentials("http.oauth2", URI.create(this.server.url() + "/token"), "client",
				SECRET, scope, new HttpConnection(null)));
	}

	private void tokens(String answer, String... allowed) {
		this.server.answering((request) -> {
			if (request.path().equals("/token")) {
				return Reply.json(answer.formatted(this.given.incrementAndGet()));
			}
			String authorization = String.valueOf(request.headers().get("Authorization"));
			return List.of(allowed).contains(authorization.replace("Bearer ", "")) ? Reply.json("[{\"id\":1}]")
					: Reply.of(401, "");
		});
	}

}
