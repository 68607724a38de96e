package io.keysteward.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.yaml.WrittenYaml;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * To whom Keysteward speaks, with which password and which rights, and what it says where
 * that does not work.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConnectingTests {

	private static final long FLYWAYS_LOCK = 77_431_708_279_161L;

	private final Path directory;

	private final Register register;

	ConnectingTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	@Test
	void aGovernanceDatabaseThatDnsDoesNotKnowIsNamed() {
		this.register.set("spring.datasource.url", "jdbc:postgresql://db.nowhere.invalid/keysteward");
		refused(1, "(db.nowhere.invalid/keysteward)", "run");
		assertThat(this.register.execute("check")).isNotZero();
		assertThat(this.register.out()).contains("FAIL  governance database")
			.contains("(db.nowhere.invalid/keysteward)");
	}

	/** The kernel takes the connection; nobody ever reads from it. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void aGovernanceDatabaseThatNeverSaysAWordIsNotWaitedFor(boolean owner) throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			String place = "localhost:" + silent.getLocalPort() + "/keysteward";
			String property = owner ? "spring.flyway.url" : "spring.datasource.url";
			this.register.set(property, "jdbc:postgresql://" + place)
				.set("spring.datasource.hikari.data-source-properties.loginTimeout", "1");
			if (owner) {
				this.register.set("spring.flyway.user", "keysteward_owner");
			}
			refused(1, place, "run");
			assertThat(this.register.err()).contains(property + ": the governance database does not answer");
			assertThat(this.register.execute("check")).isEqualTo(1);
			assertThat(this.register.out()).contains("FAIL ", property + ": the governance database does not answer",
					place);
		}
	}

	@Test
	void checkDoesNotWaitTwiceForTheSameDatabase() {
		for (String property : List.of("url", "username", "password")) {
			this.register.unset("keysteward.sources[0].datasource." + property);
		}
		this.register.set("spring.datasource.url", "jdbc:postgresql://localhost:1/keysteward");
		assertThat(this.register.execute("check")).isEqualTo(1);
		assertThat(this.register.out()).containsOnlyOnce("FAIL")
			.containsPattern("- +source console +not tried: see governance database");
	}

	@Test
	void asItIsShippedALoginTakesTwentySecondsAtMost() throws IOException {
		assertThat(new WrittenYaml().load("shipped", new ClassPathResource("application.yaml"))
			.get(0)
			.getProperty("spring.datasource.hikari.data-source-properties.loginTimeout")).isEqualTo("20");
	}

	@Test
	void theOwnersLoginIsTriedByCheckAndNamedByRun() {
		this.register.set("spring.flyway.user", "nobody").set("spring.flyway.password", "wrong");
		assertThat(this.register.execute("check")).isEqualTo(2);
		String line = "spring.flyway.user, spring.flyway.password: the governance database refuses them";
		assertThat(this.register.out()).containsPattern("FAIL  tables' owner +" + line).contains("Not ready.");
		refused(2, line, "run");
		assertThat(this.register.err()).doesNotContain("spring.datasource");
		TestDatabase owner = this.register.governanceDatabase().as("keysteward_owner");
		this.register.set("spring.flyway.user", owner.username()).set("spring.flyway.password", owner.password());
		assertThat(this.register.execute("check")).as(this.register.out()).isZero();
		assertThat(this.register.out()).containsPattern("ok    tables' owner +keysteward_owner");
	}

	@Test
	void whoseLoginIsRefusedIsNamed() {
		this.register.set("spring.datasource.username", "nobody");
		refused(2, "spring.datasource.username, spring.datasource.password: the governance database refuses them",
				"run");
		assertThat(this.register.err()).doesNotContain("flyway");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "postgres://localhost/keysteward | postgres://localhost/keysteward",
			"postgres://ada:s3cret@h/k      | postgres:…", "jdbc:mysql://h/k?password=s3cret | jdbc:mysql://h/k",
			"localhost:5432                 | localhost:5432", "jdbc:postgresql://h:s3cret/k?ssl=x | jdbc:postgresql:…",
			"jdbc:postgresql://ada:s3cret@h:5432/k | jdbc:postgresql:…" })
	void aUrlThatIsNotPostgresqlsIsRefusedWithoutItsPassword(String url, String shown) {
		for (String command : List.of("run", "check", "runs")) {
			this.register.set("spring.datasource.url", url);
			refused(2, "spring.datasource.url: '" + shown + "' is not allowed; it must start with jdbc:postgresql://,"
					+ " such as jdbc:postgresql://db.example.com:5432/keysteward", command);
			assertThat(this.register.err()).doesNotContain("s3cret");
		}
	}

	/** Whatever is wrong with a URL, and wherever it stands. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "spring.datasource.url | jdbc:postgresql://localhost:1/k?user=ada&password=s3cret | 1",
					"spring.datasource.url | jdbc:postgresql://localhost:70000/k?password=s3cret | 2",
					"spring.flyway.url | jdbc:postgresql://ada:s3cret@localhost/k | 2",
					"keysteward.sources[0].datasource.url | jdbc:postgresql://ada:s3cret@localhost/k | 2",
					"keysteward.sources[0].datasource.url | jdbc:postgresql://localhost:1/k?password=s3cret | 2",
					"keysteward.sources[0].datasource.url | jdbc:postgresql://localhost/k?socketFactory=s3cret | 2",
					"keysteward.metrics.otlp.url | http://localhost:1/v1/s3cret/metrics | 0",
					"keysteward.metrics.otlp.url | ftp://localhost/s3cret | 2",
					"keysteward.metrics.otlp.url | http://ada:s3cret@localhost:1/ | 2",
					"keysteward.metrics.pushgateway.url | http://localhost:1/?token=s3cret | 2" })
	void nothingOfAUrlButWhereItLeadsIsEverPrinted(String property, String url, int exitCode, CapturedOutput output) {
		this.register.key("k", "2026-01-01", "2026-08-01T00:00:00Z").set(property, url);
		this.register.execute("check");
		String checked = this.register.out() + this.register.err();
		assertThat(checked).isNotEmpty().doesNotContain("s3cret");
		assertThat(this.register.execute("run", "--as-of=2026-08-02")).as(this.register.err()).isEqualTo(exitCode);
		assertThat(this.register.out() + this.register.err() + output.getAll()).doesNotContain("s3cret");
	}

	@Test
	void whoRefusesTlsIsNamed() {
		String url = this.register.governanceUrl();
		this.register.set("keysteward.sources[0].datasource.url", url + "?sslmode=require");
		refused(2, "SSL (host localhost)", "run");
		this.register.set("spring.datasource.url", url + "?sslmode=require");
		refused(2, "(" + url.replace("jdbc:postgresql://", "") + ")", "run");
		assertThat(this.register.err()).contains("SSL");
	}

	@Test
	void aVariableThatIsNotSetIsNamedAndNotSentAsThePassword() throws IOException {
		Path file = this.directory.resolve("application.yaml");
		Files.writeString(file, "keysteward.mail.environment: ${NO_SUCH_THING:prod}\n"
				+ "keysteward.sources[0].datasource.password: pre-${CONSOLE_DB_PASSWORD}\n");
		this.register.set("spring.config.location", "classpath:/application.yaml,file:" + file);
		assertThat(this.register.execute("check")).as("another value wins").isZero();
		this.register.unset("keysteward.sources[0].datasource.password");
		for (String command : List.of("run", "check", "runs")) {
			refused(2, "keysteward.sources[0].datasource.password: ${CONSOLE_DB_PASSWORD} is not set; set the"
					+ " environment variable CONSOLE_DB_PASSWORD, or put the value into a file", command);
			assertThat(this.register.err()).doesNotContain("pre-");
		}
	}

	@Test
	void aPasswordMayComeFromAFileWhateverIsInIt() throws IOException {
		String password = "a${b}c:$1";
		this.register.keys()
			.sql("CREATE ROLE from_file LOGIN PASSWORD '" + password + "' IN ROLE keysteward_app")
			.update();
		Files.writeString(this.directory.resolve("spring.datasource.password"), password + "\n");
		this.register.unset("spring.datasource.password")
			.set("spring.config.import", "optional:configtree:" + this.directory + "/")
			.set("spring.datasource.username", "from_file");
		assertThat(this.register.execute("check")).as(this.register.err() + this.register.out()).isZero();
	}

	@Test
	void checkSaysWhetherTheFirstRunMayCreateTheTables() {
		TestDatabase empty = TestDatabase.empty();
		Register fresh = new Register(this.directory, empty);
		fresh.set("spring.datasource.username", "keysteward_reader").set("spring.datasource.password", "test");
		assertThat(fresh.execute("check")).isEqualTo(2);
		assertThat(fresh.out()).contains("spring.datasource.username: there are no tables yet, and this role may not");
		fresh.set("spring.flyway.user", "keysteward_owner");
		assertThat(fresh.execute("check")).isEqualTo(2);
		assertThat(fresh.out()).contains("spring.flyway.user: there are no tables yet");
		empty.jdbc()
			.sql("CREATE SCHEMA keysteward AUTHORIZATION keysteward_owner;"
					+ " GRANT USAGE ON SCHEMA keysteward TO keysteward_reader")
			.update();
		assertThat(fresh.execute("check")).as(fresh.out()).isZero();
	}

	@Test
	void tablesThatThisVersionHasNotMadeAreRefusedInOneLine() {
		this.register.governance()
			.sql("UPDATE keysteward.flyway_schema_history SET checksum = 1 WHERE version = '2'")
			.update();
		refused(2,
				"the tables in schema keysteward are not those that this version has made: Migration checksum mismatch"
						+ " for migration version 2; start the version that made them",
				"run");
	}

	/** Its version is in the tables, and its file is not in the jar. */
	@Test
	void tablesOfANewerVersionAreNeitherReadNorWritten() {
		this.register.key("k", "2026-01-01", "2026-08-01T00:00:00Z");
		assertThat(this.register.execute("run", "--as-of=2026-08-02", "--run-key=before")).isZero();
		this.register.governance().sql("""
				INSERT INTO keysteward.flyway_schema_history
				SELECT 99, '99', 'newer', type, 'V99__newer.sql', 1, installed_by, installed_on, execution_time, success
				FROM keysteward.flyway_schema_history WHERE version = '1'
				""").update();
		String line = "the tables in schema keysteward are not those that this version has made: Detected applied"
				+ " migration not resolved locally: 99; start the version that made them";
		List<List<String>> commands = List.of(List.of("run", "--as-of=2026-08-03"), List.of("runs"),
				List.of("find", "k"), List.of("report", "--run-key=before"), List.of("restore", "--key=console/k"));
		for (String migrates : List.of("true", "false")) {
			this.register.set("spring.flyway.enabled", migrates);
			for (List<String> command : commands) {
				assertThat(this.register.execute(command.toArray(String[]::new))).as(command + this.register.err())
					.isEqualTo(2);
				assertThat(this.register.err()).contains(line).hasLineCount(1);
			}
			assertThat(this.register.execute("check")).isEqualTo(2);
			assertThat(this.register.out())
				.containsPattern("FAIL +governance database +spring.datasource.url: " + line);
		}
		assertThat(this.register.governance().sql("SELECT count(*) FROM keysteward.run").query(Long.class).single())
			.isOne();
	}

	/**
	 * Whoever may connect may take any advisory lock: this is Flyway's for these tables.
	 */
	@Test
	void whoeverHoldsFlywaysLockKeepsNobodyFromStarting() throws SQLException {
		this.register.key("k", "2026-01-01", "2026-08-01T00:00:00Z");
		assertThat(this.register.execute("run", "--as-of=2026-08-02")).isZero();
		long lock = FLYWAYS_LOCK + "\"keysteward\".\"flyway_schema_history\"".hashCode();
		try (Connection outsider = this.register.governanceDatabase().dataSource().getConnection();
				Statement statement = outsider.createStatement()) {
			statement.execute("SELECT pg_advisory_lock(" + lock + ")");
			assertThat(this.register.execute("run", "--as-of=2026-08-03")).as(this.register.err()).isZero();
		}
	}

	/** A standby, or a primary that an operator has set so. */
	@Test
	void aGovernanceDatabaseThatTakesNoWritesIsNotCalledSilent() {
		this.register.key("k", "2026-01-01", "2026-08-01T00:00:00Z");
		String url = this.register.governanceUrl();
		this.register.set("spring.datasource.url", url + "?options=-c%20default_transaction_read_only=on");
		refused(1, "spring.datasource.url: the governance database takes no writes", "run");
		assertThat(this.register.execute("check")).as(this.register.out()).isEqualTo(1);
		assertThat(this.register.out())
			.containsPattern(
					"FAIL +governance database +spring.datasource.url: the governance database takes no writes")
			.doesNotContain("does not answer", "Ready.");
		this.register.set("spring.datasource.url", url);
		assertThat(this.register.execute("run", "--as-of=2026-08-02")).as(this.register.err()).isZero();
	}

	/** A view of somebody's own, say for a dashboard, from before an upgrade. */
	@Test
	void whatDependsOnTablesThatChangeIsNamed() {
		TestDatabase old = TestDatabase.empty();
		Flyway.configure()
			.dataSource(old.dataSource())
			.schemas("keysteward")
			.defaultSchema("keysteward")
			.target("7")
			.load()
			.migrate();
		old.jdbc().sql("CREATE VIEW open_keys AS SELECT key_id FROM keysteward.finding").update();
		Register upgraded = new Register(this.directory, old).set("spring.datasource.username", old.username())
			.set("spring.datasource.password", old.password());
		assertThat(upgraded.execute("run")).isEqualTo(2);
		assertThat(upgraded.err()).hasLineCount(1)
			.contains("cannot be brought up to date, since something of yours depends on them")
			.contains("view open_keys")
			.contains("drop it, start again");
		old.jdbc().sql("DROP VIEW open_keys").update();
		upgraded.key("k", "2026-01-01", "2026-08-01T00:00:00Z");
		assertThat(upgraded.execute("run", "--as-of=2026-08-02")).as(upgraded.err()).isZero();
	}

	@Test
	void checkWarnsOfAServerThatNobodyVerifies() {
		this.register.set("spring.mail.host", "")
			.set("keysteward.sources[0].datasource.url", "jdbc:postgresql://db.nowhere.invalid/keys");
		this.register.execute("check");
		assertThat(this.register.out()).containsPattern(
				"WARN +transport +keysteward.sources\\[console\\].datasource.url: db.nowhere.invalid is not spoken to")
			.containsPattern("FAIL +source console .*The connection attempt failed: unknown host db.nowhere.invalid");
		assertThat(this.register.execute("check")).isNotZero();
	}

	private void refused(int exitCode, String line, String command) {
		assertThat(this.register.execute(command)).as(this.register.err()).isEqualTo(exitCode);
		assertThat(this.register.err()).startsWith("keysteward: ").contains(line).hasLineCount(1);
	}

}
