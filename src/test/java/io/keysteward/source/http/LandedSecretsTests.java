package io.keysteward.source.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.WrittenPlaces;
import io.keysteward.notice.mail.SmtpStub;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.source.http.ScriptedServer.Request;
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
 * Whole runs over lists and exports with a secret in every row: it is in no log of any
 * level, report, mail, table or line, and neither is a login.
 */
@ExtendWith(OutputCaptureExtension.class)
class LandedSecretsTests {

	private static final String LOGIN = "l0gin-Sekret.11";

	private static final String GIVEN = "g1ven-Sekret.12";

	/** That of a key: its hash is the id, and it stands in an address. */
	private static final String WHOLE = "sk-live-9bV3nQ8wLr5Tz1Xc7Km2Yd6Hp4Jf0Gs";

	private static final List<String> LOGINS = List.of("headers.X-Key", "bearer", "basic.password", "digest.password",
			"oauth2.client-secret", "token-command[0]");

	private static final List<String> SECRETS = List.of(LOGIN, GIVEN, WHOLE, base64("ann:" + LOGIN),
			base64("client:" + LOGIN), base64(WHOLE));

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final @Nullable Level before = this.root.getLevel();

	private final ScriptedServer server = new ScriptedServer(LandedSecretsTests::keys);

	private final Path directory;

	private final Register register;

	LandedSecretsTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	@BeforeEach
	void configure() throws IOException {
		TestDatabase governance = this.register.governanceDatabase();
		TestDatabase landing = governance.as("keysteward_landing");
		this.register.clear();
		this.register.set("spring.config.location", "classpath:/application.yaml")
			.set("spring.datasource.url", governance.url())
			.set("spring.datasource.username", governance.asApplication().username())
			.set("spring.datasource.password", governance.asApplication().password())
			.set("keysteward.report.directory", this.register.reports().toString())
			.set("keysteward.report.formats", "workbook,json")
			.set("keysteward.config-directory", this.directory.resolve("config").toString())
			.set("keysteward.landing.datasource.username", landing.username())
			.set("keysteward.landing.datasource.password", landing.password())
			.set("logging.level.root", "trace");
		definition("api", "get: /keys\n    at: /keys");
		definition("export", "format: json");
		Files.writeString(this.directory.resolve("config/exemptions.yaml"), "exemptions: []\n");
		for (int index = 0; index < LOGINS.size(); index++) {
			login(index, LOGINS.get(index));
		}
		source(LOGINS.size(), "export", "export")
			.set("keysteward.sources[" + LOGINS.size() + "].files.path", export("[" + row(day(200)) + "]").toString())
			.set("keysteward.sources[" + LOGINS.size() + "].files.not-older-than", "36h");
	}

	@AfterEach
	void stop() {
		this.root.setLevel(this.before);
		this.server.close();
	}

	@Test
	void noneIsShownOrWrittenAnywhere(CapturedOutput output) throws IOException {
		try (SmtpStub mail = new SmtpStub(null)) {
			this.register.mail(mail.port());
			command(0, "check");
			command(0, "run", "--run-key=one");
			assertThat(this.server.requests().stream().filter(LandedSecretsTests::shows)).as("secrets were sent")
				.hasSizeGreaterThan(2 * LOGINS.size());
			assertThat(this.register.governance()
				.sql("SELECT count(*) FROM keysteward.finding WHERE rule = 'IDLE'")
				.query(Integer.class)
				.single()).isEqualTo(LOGINS.size() + 1);
			command(0, "find", "h-");
			command(0, "report", "--run-key=one", "--format=json",
					"--output=" + this.register.reports().resolve("again.json"));
			this.server.answering((request) -> keys(request, row(WHOLE)));
			export("[" + row(WHOLE) + "]");
			command(2, "run", "--run-key=wrong-time");
			this.server.answering((request) -> Reply.of(403, WHOLE + LOGIN + GIVEN).with("X-" + WHOLE, LOGIN));
			export("[" + row(day(200)) + ", " + WHOLE);
			command(2, "check");
			command(2, "run", "--run-key=refused", "--debug");
			assertThat(mail.messages()).isNotEmpty()
				.noneMatch((message) -> SECRETS.stream().anyMatch(message::contains));
		}
		assertThat(WrittenPlaces.of(this.register, SECRETS)).isEmpty();
		assertThat(WrittenPlaces.of(this.register, List.of("h-"))).as("what may be written is found")
			.hasSizeGreaterThan(5);
		assertThat(output.getAll()).contains(" TRACE ");
		// A server that casts a text writes it into a log of its own.
		assertThat(output.getAll()
			.lines()
			.filter((line) -> !line.contains("EmbeddedPostgres"))
			.filter((line) -> SECRETS.stream().anyMatch(line::contains))
			.map((line) -> line.substring(0, Math.min(300, line.length())))
			.distinct()
			.limit(40)).isEmpty();
	}

	private void command(int exitCode, String... command) {
		int code = this.register.execute(command);
		String texts = this.register.out() + this.register.err();
		assertThat(SECRETS).as(String.join(" ", command)).noneMatch(texts::contains);
		assertThat(code).as(String.join(" ", command) + ": " + texts).isEqualTo(exitCode);
	}

	private void definition(String name, String place) throws IOException {
		Path folder = Files.createDirectories(this.directory.resolve("config/sources/" + name));
		Files.writeString(folder.resolve("source.yaml"),
				"""
						title: Secrets
						rows:
						  keys:
						    %s
						    columns: { id: { at: /secret, as: sha256 }, whole: { at: /secret, as: hidden }, made: /made, used: /used }
						usage: { recorded: full }
						"""
					.formatted(place));
		Files.writeString(folder.resolve("select.sql"), """
				SELECT 'h-' || left(id, 12) AS key_id, 'a name' AS name, made::timestamptz AS created_at,
				       used::timestamptz AS last_used_at
				  FROM keys
				""");
	}

	private void login(int index, String setting) throws IOException {
		String http = "keysteward.sources[" + index + "].http.";
		String way = setting.replaceFirst("[.\\[].*", "");
		source(index, way, "api").set(http + "url", this.server.url() + "/" + way);
		this.register.set(http + setting, LOGIN);
		if (setting.endsWith(".password")) {
			this.register.set(http + way + ".username", "ann");
		}
		if (way.equals("oauth2")) {
			this.register.set(http + "oauth2.client-id", "client")
				.set(http + "oauth2.token-url", this.server.url() + "/token");
		}
		if (way.equals("token-command")) {
			Path program = Files.writeString(this.directory.resolve("token"),
					"#!/bin/sh\necho " + LOGIN + " >&2\necho " + GIVEN + "\n");
			assertThat(program.toFile().setExecutable(true)).isTrue();
			this.register.set(http + setting, program.toString());
		}
	}

	private Register source(int index, String id, String definition) {
		return this.register.set("keysteward.sources[" + index + "].id", id)
			.set("keysteward.sources[" + index + "].definition", definition);
	}

	private Path export(String text) throws IOException {
		Path file = Files.writeString(this.directory.resolve("keys.json"), text);
		return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
	}

	private static Reply keys(Request request) {
		return keys(request, row(day(200)));
	}

	private static Reply keys(Request request, String row) {
		if (request.path().equals("/token")) {
			return Reply.json("{\"access_token\":\"" + GIVEN + "\"}");
		}
		if (Stream.of("/basic", "/digest").anyMatch(request.path()::startsWith)
				&& !request.headers().containsKey("Authorization")) {
			return Reply.of(401, WHOLE)
				.with("WWW-Authenticate", request.path().startsWith("/basic") ? "Basic realm=\"keys\""
						: "Digest realm=\"keys\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256");
		}
		return Reply.json("{\"keys\":[" + row + "]}");
	}

	private static String row(String used) {
		return "{\"secret\":\"%s\",\"made\":\"%s\",\"used\":\"%s\",\"else\":\"%s\"}".formatted(WHOLE, day(400), used,
				WHOLE);
	}

	private static String day(int ago) {
		return Instant.now().minus(Duration.ofDays(ago)).toString();
	}

	private static boolean shows(Request request) {
		String all = request.headers() + request.body();
		return request.headers().toString().contains("Digest ") || SECRETS.stream().anyMatch(all::contains);
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
