package io.keysteward.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.source.jdbc.TestDrivers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Complete commands with a database other than PostgreSQL, as an operator starts them.
 */
class DatabaseRunTests {

	private final Path directory;

	private final Register register;

	DatabaseRunTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	@BeforeEach
	void configure() throws IOException, SQLException {
		Path definition = Files.createDirectories(this.directory.resolve("config/sources/app"));
		Files.writeString(definition.resolve("source.yaml"), """
				title: The app's keys
				rows: { k: { sql: keys.sql, one: id } }
				usage: { recorded: full }
				disable: { reversible: true }
				""");
		Files.writeString(definition.resolve("keys.sql"), "SELECT id, label, made, used, enabled FROM api_key");
		Files.writeString(definition.resolve("select.sql"), """
				SELECT id AS key_id, label AS name, to_timestamp(made::bigint) AS created_at,
				       to_timestamp(used::bigint) AS last_used_at,
				       CASE enabled WHEN '1' THEN 'active' ELSE 'disabled' END AS status
				  FROM k
				""");
		Files.writeString(definition.resolve("disable.sql"),
				"UPDATE api_key SET enabled = 0 WHERE id = :id AND enabled = 1 AND used IS :used");
		Files.writeString(definition.resolve("restore.sql"),
				"UPDATE api_key SET enabled = 1 WHERE id = :id AND enabled = 0 AND used IS :used");
		Files.writeString(this.directory.resolve("config/exemptions.yaml"), "exemptions: []\n");
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.directory.resolve("app.db"));
				Statement statement = connection.createStatement()) {
			statement
				.execute("CREATE TABLE api_key (id text, label text, made integer, used integer, enabled integer)");
			statement
				.execute("INSERT INTO api_key SELECT 'ak-' || value, 'job ' || value, unixepoch('now', '-300 days'),"
						+ " unixepoch('now', '-' || value || ' days'), 1 FROM json_each('[1, 50, 200]')");
		}
		TestDatabase landing = this.register.governanceDatabase().as("keysteward_landing");
		this.register.clear();
		TestDatabase application = this.register.governanceDatabase().asApplication();
		this.register.set("spring.config.location", "classpath:/application.yaml")
			.set("spring.datasource.url", this.register.governanceDatabase().url())
			.set("spring.datasource.username", application.username())
			.set("spring.datasource.password", application.password())
			.set("keysteward.report.directory", this.register.reports().toString())
			.set("keysteward.config-directory", this.directory.resolve("config").toString())
			.set("keysteward.landing.datasource.username", landing.username())
			.set("keysteward.landing.datasource.password", landing.password())
			.set("keysteward.sources[0].id", "app")
			.set("keysteward.sources[0].datasource.url", "jdbc:sqlite:" + this.directory.resolve("app.db"));
	}

	@Test
	void aDatabaseIsGovernedAndDisablingIsRehearsedInIt() throws IOException {
		Path drivers = Files.createDirectories(this.directory.resolve("drivers"));
		Files.copy(TestDrivers.SQLITE.jar(), drivers.resolve("sqlite.jar"));
		assertThat(this.register.execute("check")).as(this.register.out() + this.register.err()).isZero();
		assertThat(this.register.out()).contains("all 3 keys read and judged, 2 flagged",
				"could disable, and is not armed: rehearsed with key ak-200: disabled, restored, rolled back");
		assertThat(this.register.execute("run", "--run-key=one")).as(this.register.err()).isZero();
		assertThat(this.register.governance()
			.sql("SELECT key_id || ' ' || level FROM keysteward.finding ORDER BY key_id")
			.query(String.class)
			.list()).containsExactly("ak-200 VIOLATION", "ak-50 WARN");
	}

	@Test
	void withoutADriverItIsOneLineAndExitCodeTwo() throws IOException {
		assertThat(this.register.execute("run", "--run-key=one")).isEqualTo(2);
		assertThat(this.register.err()).contains("keysteward.drivers: there is no folder ", "/drivers, and")
			.hasLineCount(1);
		Files.createDirectories(this.directory.resolve("drivers"));
		assertThat(this.register.execute("run", "--run-key=one")).isEqualTo(2);
		assertThat(this.register.err()).contains("no driver in ", "takes jdbc:sqlite:").hasLineCount(1);
	}

}
