package io.keysteward.source.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.source.http.ScriptedServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Complete runs with an API, from the settings to the findings.
 */
class HttpRunTests {

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.of(500, ""));

	private final Path directory;

	private final Register register;

	private volatile String dead = key("dead", 200);

	HttpRunTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	@BeforeEach
	void configure() throws IOException {
		Path definition = Files.createDirectories(this.directory.resolve("config/sources/api"));
		Files.writeString(definition.resolve("source.yaml"), """
				title: Keys of an API
				probe: { get: /me, at: /admin, is: true }
				rows:
				  keys:
				    for-each: projects
				    get: /keys?org={org}
				    headers: { X-Project: '{project}' }
				    page: { number: page, size: size, of: 50 }
				    columns: { id: /id, created: /created, used: /used, off: /off, project: '{project}' }
				usage: { recorded: full }
				disable: { reversible: true, effective-within: 1s }
				""");
		Files.writeString(definition.resolve("select.sql"), """
				SELECT id AS key_id, 'a name' AS name, project AS project_id, created::timestamptz AS created_at,
				       used::timestamptz AS last_used_at,
				       CASE WHEN off::boolean THEN 'disabled' ELSE 'active' END AS status
				  FROM keys
				""");
		Files.writeString(definition.resolve("disable.http"), "POST /keys/{{id}}/off\n");
		Files.writeString(definition.resolve("restore.http"), "POST /keys/{{id}}/on\n");
		Files.writeString(this.directory.resolve("config/exemptions.yaml"), "exemptions: []\n");
		TestDatabase governance = this.register.governanceDatabase();
		TestDatabase landing = governance.as("keysteward_landing");
		this.register.clear();
		this.register.set("spring.config.location", "classpath:/application.yaml")
			.set("spring.datasource.url", governance.url())
			.set("spring.datasource.username", governance.asApplication().username())
			.set("spring.datasource.password", governance.asApplication().password())
			.set("keysteward.report.directory", this.register.reports().toString())
			.set("keysteward.config-directory", this.directory.resolve("config").toString())
			.set("keysteward.landing.datasource.username", landing.username())
			.set("keysteward.landing.datasource.password", landing.password())
			.set("keysteward.sources[0].id", "api")
			.set("keysteward.sources[0].http.url", this.server.url())
			.set("keysteward.sources[0].http.headers.X-Key", "s3cret")
			.set("keysteward.sources[0].http.digest.username", "ann")
			.set("keysteward.sources[0].http.digest.password", "s3cret")
			.set("keysteward.sources[0].parameters.org", "org-1")
			.set("keysteward.sources[0].parameters.projects", "p1,p2");
		this.server.answering(this::keys);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void anApiIsGoverned() {
		assertThat(this.register.execute("check")).as(this.register.out() + this.register.err()).isZero();
		assertThat(this.register.out()).contains(
				"rehearsed with key dead: read again and compared, both requests prepared and none sent, since HTTP"
						+ " cannot roll back");
		assertThat(this.server.requests()).noneMatch((request) -> request.method().equals("POST"));
		assertThat(this.register.execute("run", "--run-key=one")).as(this.register.err()).isZero();
		assertThat(findings()).containsExactly("dead OPEN");
		this.dead = key("dead", 1);
		assertThat(this.register.execute("run", "--run-key=two")).as(this.register.err()).isZero();
		assertThat(findings()).containsExactly("dead RESOLVED");
	}

	@Test
	void nothingIsGoneWhereTheListIsNotWhole() {
		assertThat(this.register.execute("run", "--run-key=one")).as(this.register.err()).isZero();
		this.server
			.answering((request) -> request.path().equals("/me") ? Reply.json("{\"admin\":false}") : Reply.json("[]"));
		assertThat(this.register.execute("run", "--run-key=two")).isNotZero();
		assertThat(this.register.err()).contains("the login may not see all").doesNotContain("s3cret");
		this.server
			.answering((request) -> request.path().equals("/me") ? Reply.json("{\"admin\":true}") : Reply.json("[]"));
		assertThat(this.register.execute("run", "--run-key=three")).isNotZero();
		String other = key("other", 1);
		this.server.answering((request) -> request.path().equals("/me") ? Reply.json("{\"admin\":true}")
				: Reply.json("[" + other + "]"));
		assertThat(this.register.execute("run", "--run-key=four")).isNotZero();
		assertThat(this.register.err()).contains("is the same as one before it");
		assertThat(findings()).containsExactly("dead OPEN");
	}

	@Test
	void aParameterThatIsNotUsedIsRefused() {
		this.register.set("keysteward.sources[0].parameters.projets", "p1");
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out() + this.register.err()).contains(
				"keysteward.sources[0].parameters.projets: the definition does not use it; did you mean 'projects'?");
		this.register.unset("keysteward.sources[0].parameters.projets");
		this.register.set("keysteward.sources[0].http.bearr", "s3cret");
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out() + this.register.err()).contains("bearr").doesNotContain("s3cret");
	}

	private Reply keys(ScriptedServer.Request request) {
		if (!"s3cret".equals(request.headers().get("X-Key"))) {
			return Reply.of(403, "");
		}
		if (!request.headers().containsKey("Authorization")) {
			return Reply.of(401, "").with("WWW-Authenticate", "Basic realm=\"keys\"");
		}
		if (request.path().equals("/me")) {
			return Reply.json("{\"admin\":true}");
		}
		if (!request.target().contains("org=org-1") || request.number("page", 1) > 1) {
			return Reply.json("[]");
		}
		return Reply.json("p1".equals(request.headers().get("X-Project"))
				? "[" + this.dead + "," + key("alive", 1) + "]" : "[" + key("alive-2", 2) + "]");
	}

	private static String key(String id, int daysAgo) {
		Instant now = Instant.now();
		return "{\"id\":\"%s\",\"created\":\"%s\",\"used\":\"%s\",\"off\":false}".formatted(id,
				now.minus(Duration.ofDays(300)), now.minus(Duration.ofDays(daysAgo)));
	}

	private List<String> findings() {
		return this.register.governance()
			.sql("SELECT key_id || ' ' || status FROM keysteward.finding WHERE rule = 'IDLE' ORDER BY 1")
			.query(String.class)
			.list();
	}

}
