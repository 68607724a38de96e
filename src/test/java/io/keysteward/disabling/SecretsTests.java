package io.keysteward.disabling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.keysteward.WrittenPlaces;
import io.keysteward.metrics.MetricsReceiver;
import io.keysteward.notice.mail.SmtpStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No secret leaves the process but to whom it is for: not in a line of the log, at
 * whatever level somebody sets who looks for a fault at night.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

	/** Those that Keysteward logs in with; two sources return one of a key besides. */
	private static final Map<String, String> SECRETS = new TreeMap<>(
			Map.of("governance-password", "gov3rnance-Sekret.1", "source-password", "s0urce-Sekret.2", "mail-password",
					"m4il-Sekret.3", "push-password", "pu5h-Sekret.4", "landing-password", "l4nding-Sekret.5"));

	private static final String WHOLE_KEY = "sk-live-4f9aQ7pLx2Wm8Zk3Vn6Tb1Yc5Rd0Ge";

	/** Everything, and what has a level of its own in the jar so that less is said. */
	private static final List<String> LOGGERS = List.of("root", "io.keysteward", "com.zaxxer.hikari", "org.flywaydb",
			"org.springframework.batch", "org.springframework.boot.diagnostics",
			"org.springframework.boot.SpringApplication", "org.springframework.context");

	/** As they are before, and shall be for those who come after. */
	private final Map<Logger, Optional<Level>> levels = LOGGERS.stream()
		.map((name) -> (Logger) LoggerFactory.getLogger(name))
		.collect(Collectors.toMap(Function.identity(), (logger) -> Optional.ofNullable(logger.getLevel())));

	private final ArmedRegister armed;

	private final Path directory;

	SecretsTests(@TempDir Path directory) throws IOException {
		this.armed = new ArmedRegister(directory);
		this.directory = Files.createDirectory(directory.resolve("secrets"));
	}

	/** Of another test's own statements nothing is promised. */
	@AfterEach
	void quiet() {
		this.levels.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
	}

	@Test
	void noSecretIsLoggedAtAnyLevel(CapturedOutput output) throws Exception {
		this.armed.register.set("keysteward.disable.max-percent", "100");
		this.armed.dead("dead-1").watched().warnedTwice("dead-1");
		this.armed.register.keys()
			.sql("UPDATE api_key SET masked_key = :key WHERE id = 'alive-1'")
			.param("key", WHOLE_KEY)
			.update();
		this.armed.register.set("spring.datasource.hikari.maximum-pool-size", "6");
		LOGGERS.forEach((logger) -> this.armed.register.set("logging.level." + logger, "trace"));
		try (SmtpStub mail = new SmtpStub(null); MetricsReceiver metrics = new MetricsReceiver(200)) {
			secretsFromFiles(mail, metrics);
			commands(mail, metrics);
		}
		assertThat(output.getAll()).as("trace is on").contains(" TRACE ");
		leaksNothing(output);
		assertThat(WrittenPlaces.of(this.armed.register, secrets())).isEmpty();
	}

	private void commands(SmtpStub mail, MetricsReceiver metrics) {
		requireNoSecret(0, "check");
		// Another role is another place.
		requireNoSecret(0, "run", "--run-key=tonight", "--disable", "--accept-policy-change");
		assertThat(this.armed.status("dead-1")).isEqualTo("disabled");
		assertThat(this.armed.register.governance()
			.sql("SELECT masked_key FROM keysteward.key_snapshot WHERE key_id = 'ak-1'")
			.query(String.class)
			.single()).as("it was landed, and masked").isNotEqualTo(WHOLE_KEY).contains("****");
		assertThat(mail.messages()).noneMatch((message) -> secrets().stream().anyMatch(message::contains));
		assertThat(mail.commands()).as("the password was used").anyMatch((line) -> line.startsWith("AUTH"));
		assertThat(metrics.push().login()).startsWith("Basic ");
		requireNoSecret(0, "restore", "--key=console/dead-1");
		mail.answering("AUTH", "535 5.7.8 no: m4il-Sekret.3");
		requireNoSecret(2, "check");
		requireNoSecret(2, "run", "--run-key=refused");
		mail.answering("AUTH", "235 welcome");
		this.armed.register.set("keysteward.landing.datasource.password", "${mail-password}");
		requireNoSecret(2, "run", "--run-key=nothing-lands");
		assertThat(this.armed.register.err()).contains("keysteward.landing.datasource",
				"password authentication failed");
		this.armed.register.set("keysteward.landing.datasource.password", "${landing-password}");
		this.armed.register.set("keysteward.sources[0].datasource.password", "${mail-password}");
		requireNoSecret(2, "run", "--run-key=wrong-login");
		assertThat(this.armed.register.err()).contains("password authentication failed");
		this.armed.register.set("keysteward.sources[0].datasource.url", "jdbc:postgresql://localhost:1/keys");
		requireNoSecret(1, "run", "--run-key=unreachable");
		this.armed.register.set("spring.datasource.password", "${mail-password}");
		requireNoSecret(2, "run", "--run-key=no-governance");
	}

	private void secretsFromFiles(SmtpStub mail, MetricsReceiver metrics) throws IOException {
		for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
			Files.writeString(this.directory.resolve(secret.getKey()), secret.getValue() + "\n");
		}
		this.armed.register.set("spring.datasource.username", askedForPassword("keysteward_app", "governance-password"))
			.set("keysteward.sources[0].datasource.username",
					askedForPassword("keysteward_disabler", "source-password"));
		landed();
		this.armed.register.set("spring.config.import", "optional:configtree:" + this.directory + "/")
			.set("spring.datasource.password", "${governance-password}")
			.set("keysteward.sources[0].datasource.password", "${source-password}")
			.set("keysteward.report.formats", "workbook,json")
			.set("spring.mail.port", String.valueOf(mail.port()))
			.set("spring.mail.username", "keysteward")
			.set("spring.mail.password", "${mail-password}")
			.set("keysteward.metrics.pushgateway.url", metrics.url())
			.set("keysteward.metrics.pushgateway.username", "keysteward")
			.set("keysteward.metrics.pushgateway.password", "${push-password}");
	}

	/** An export of the console, and whoever made it has put the whole key into it. */
	private void landed() throws IOException {
		Path export = Files.writeString(this.directory.resolveSibling("keys.csv"), """
				Name,ID,API Key,Project,Created At (UTC+8),Last Used (UTC+8)
				app,ak-1,%s,pay,2026-01-02 03:04:05,-
				""".formatted(WHOLE_KEY));
		Files.setLastModifiedTime(export, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
		this.armed.register
			// A member of the role that lands would be refused.
			.set("keysteward.landing.datasource.username", asked("asked_as_landing", "landing-password", ""))
			.set("keysteward.landing.datasource.password", "${landing-password}")
			.set("keysteward.sources[1].id", "export")
			.set("keysteward.sources[1].definition", "oceanbase-cloud-export")
			.set("keysteward.sources[1].files.path", export.toString())
			.set("keysteward.sources[1].files.not-older-than", "36h");
	}

	private String askedForPassword(String granted, String secret) {
		return asked("asked_as_" + granted, secret, "IN ROLE " + granted);
	}

	/**
	 * A role that may do what another may, and that the server lets in with its password
	 * only; all others it may trust.
	 */
	private String asked(String role, String secret, String granted) {
		JdbcClient jdbc = this.armed.register.governance();
		jdbc.sql("CREATE ROLE %s LOGIN PASSWORD '%s' %s".formatted(role, SECRETS.get(secret), granted)).update();
		String file = jdbc.sql("SHOW hba_file").query(String.class).single();
		String rules = jdbc.sql("SELECT pg_read_file(:file)").param("file", file).query(String.class).single();
		jdbc.sql("""
				COPY (SELECT nullif(line, '') FROM regexp_split_to_table($rules$host all %s all scram-sha-256
				%s$rules$, chr(10)) AS line) TO '%s' (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')
				""".formatted(role, rules, file)).update();
		jdbc.sql("SELECT pg_reload_conf()").query(Boolean.class).single();
		assertThat(
				jdbc.sql("SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL").query(Long.class).single())
			.isZero();
		return role;
	}

	private void requireNoSecret(int exitCode, String... command) {
		assertThat(this.armed.register.execute(command))
			.as(String.join(" ", command) + ": " + this.armed.register.err() + this.armed.register.out())
			.isEqualTo(exitCode);
		assertThat(this.armed.register.out() + this.armed.register.err()).doesNotContain(SECRETS.values())
			.doesNotContain(WHOLE_KEY);
	}

	/** Names the lines, without their whole text: there are megabytes of them. */
	private static void leaksNothing(CapturedOutput output) {
		List<String> secrets = secrets();
		List<String> leaks = output.getAll()
			.lines()
			.filter((line) -> secrets.stream().anyMatch(line::contains))
			.map((line) -> line.substring(0, Math.min(line.length(), 400)))
			.distinct()
			.limit(40)
			.toList();
		assertThat(leaks).isEmpty();
	}

	/** As they are and as they are sent. */
	private static List<String> secrets() {
		List<String> secrets = new ArrayList<>(SECRETS.values());
		secrets.add(WHOLE_KEY);
		SECRETS.values().forEach((secret) -> secrets.add(base64(secret)));
		secrets.add(base64("\0keysteward\0" + SECRETS.get("mail-password")));
		secrets.add(base64("keysteward:" + SECRETS.get("push-password")));
		return secrets;
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
