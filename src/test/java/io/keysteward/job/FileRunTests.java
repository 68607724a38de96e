package io.keysteward.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.text.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Complete runs with an exported file.
 */
class FileRunTests {

	private static final String HEADER = "Name,ID,API Key,Project,Created At (UTC+8),Last Used (UTC+8)\n";

	private static final String ROWS = "app-prod,ak-used,sk-a****wxyz,pay," + day(340) + " 03:04:05," + day(3)
			+ " 08:00:00\napp-old,ak-dead,sk-b****wxyz,pay," + day(340) + " 03:04:05," + day(200) + " 08:00:00\n"
			+ "app-never,ak-never,sk-c****wxyz,pay," + day(300) + " 03:04:05,-\n";

	private final Path directory;

	private final Register register;

	FileRunTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	private static String day(int ago) {
		return LocalDate.now(ZoneOffset.UTC).minusDays(ago).toString();
	}

	@BeforeEach
	void configure() throws IOException {
		Path definition = Files.createDirectories(this.directory.resolve("config/sources/oceanbase"));
		Files.writeString(definition.resolve("source.yaml"), """
				title: OceanBase Cloud API keys
				rows:
				  records:
				    columns: [Name, ID, API Key, Project, Created At (UTC+8), Last Used (UTC+8)]
				usage: { recorded: full, granularity: 24h }
				""");
		Files.writeString(definition.resolve("select.sql"), """
				SELECT "ID" AS key_id, "Name" AS name, "API Key" AS masked_key, "Project" AS project_id,
				       ("Created At (UTC+8)" || '+08')::timestamptz AS created_at,
				       (nullif("Last Used (UTC+8)", '-') || '+08')::timestamptz AS last_used_at
				  FROM records
				""");
		Files.writeString(this.directory.resolve("config/exemptions.yaml"), "exemptions: []\n");
		Files.createDirectories(this.directory.resolve("exports"));
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
			.set("keysteward.sources[0].id", "ob")
			.set("keysteward.sources[0].definition", "oceanbase")
			.set("keysteward.sources[0].files.path", this.directory.resolve("exports").toString())
			.set("keysteward.sources[0].files.newest-of", "*.csv")
			.set("keysteward.sources[0].files.not-older-than", "36h");
	}

	@Test
	void anExportIsGovernedAndTheRunKnowsWhichItWas() throws IOException {
		export("keys.csv", HEADER + ROWS, Duration.ofHours(2));
		assertThat(this.register.execute("check")).as(this.register.out() + this.register.err()).isZero();
		assertThat(this.register.out()).contains("cannot disable");
		assertThat(this.register.execute("run", "--run-key=one")).as(this.register.err()).isZero();
		assertThat(snapshot()).containsExactly("ak-dead {IDLE} {IDLE}", "ak-never {IDLE} {IDLE}", "ak-used {} {}");
		assertThat(texts("SELECT file_name || ' ' || file_sha256 FROM keysteward.run_source"))
			.containsExactly("keys.csv " + Sha256.of(HEADER + ROWS));
		assertThat(this.register.governance()
			.sql("SELECT snapshot_at < now() - interval '1 hour' AND abs(clock_skew_ms) < 60000 FROM"
					+ " keysteward.run_source")
			.query(Boolean.class)
			.single()).isTrue();
		export("newer.csv", HEADER + ROWS.replace(day(200), day(2)), Duration.ofHours(1));
		assertThat(this.register.execute("run", "--run-key=two")).as(this.register.err()).isZero();
		assertThat(findings()).containsExactly("ak-dead RESOLVED", "ak-never OPEN");
	}

	@Test
	void ofAStaleOrForeignOrEmptyExportNothingIsGone() throws IOException {
		export("keys.csv", HEADER + ROWS, Duration.ofHours(2));
		assertThat(this.register.execute("run", "--run-key=one")).as(this.register.err()).isZero();
		List<String> before = findings();
		assertThat(before).containsExactly("ak-dead OPEN", "ak-never OPEN");
		export("keys.csv", HEADER + ROWS, Duration.ofHours(40));
		assertThat(this.register.execute("run", "--run-key=two")).isEqualTo(1);
		assertThat(this.register.err()).contains("keys.csv: is of ", "not-older-than allows 36 hours").hasLineCount(1);
		assertThat(findings()).isEqualTo(before);
		export("keys.csv", HEADER.replace("Last Used (UTC+8)", "Last Used (UTC)") + ROWS, Duration.ofHours(2));
		assertThat(this.register.execute("run", "--run-key=two")).isEqualTo(2);
		assertThat(this.register.err()).contains("has no header 'Last Used (UTC+8)'; did you mean 'Last Used (UTC)'?")
			.hasLineCount(1);
		assertThat(findings()).isEqualTo(before);
		export("keys.csv", HEADER, Duration.ofHours(2));
		assertThat(this.register.execute("run", "--run-key=two")).isEqualTo(1);
		assertThat(this.register.err()).contains("returned no key at all, and 3 in its last run").hasLineCount(1);
		assertThat(findings()).isEqualTo(before);
		export("keys.csv", HEADER + ROWS + ROWS.lines().findFirst().orElseThrow() + "\n", Duration.ofHours(2));
		assertThat(this.register.execute("run", "--run-key=two")).isEqualTo(2);
		assertThat(this.register.err()).contains("key_id 'ak-used' comes more than once").hasLineCount(1);
		assertThat(findings()).isEqualTo(before);
		export("keys.csv", HEADER + ROWS, Duration.ofHours(2));
		assertThat(this.register.execute("run", "--run-key=two")).as(this.register.err()).isZero();
		assertThat(findings()).isEqualTo(before);
	}

	@Test
	void withoutARoleThatLandsNothingIsRead() throws IOException {
		export("keys.csv", HEADER + ROWS, Duration.ofHours(2));
		this.register.unset("keysteward.landing.datasource.username").unset("keysteward.landing.datasource.password");
		assertThat(this.register.execute("run", "--run-key=one")).isEqualTo(2);
		assertThat(this.register.err())
			.contains("keysteward.landing.datasource: is required, because the rows of source 'ob' are landed")
			.hasLineCount(1);
		this.register.set("keysteward.landing.datasource.username", "keysteward_app")
			.set("keysteward.landing.datasource.password", "test");
		assertThat(this.register.execute("run", "--run-key=one")).isEqualTo(2);
		assertThat(this.register.err()).contains("is the role that runs the job").hasLineCount(1);
	}

	private void export(String name, String text, Duration age) throws IOException {
		Path file = this.directory.resolve("exports").resolve(name);
		Files.writeString(file, text);
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
	}

	private List<String> snapshot() {
		return texts(
				"SELECT concat_ws(' ', key_id, findings, violations) FROM keysteward.key_snapshot ORDER BY key_id");
	}

	private List<String> findings() {
		return texts("SELECT key_id || ' ' || status FROM keysteward.finding WHERE rule = 'IDLE' ORDER BY key_id");
	}

	private List<String> texts(String sql) {
		return this.register.governance().sql(sql).query(String.class).list();
	}

}
