package io.keysteward.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.source.definition.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands of the catalogue, and a first definition for a table.
 */
class SourcesCommandTests {

	private final Path directory;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	SourcesCommandTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void theCatalogueIsListedWithoutADatabase() {
		assertThat(execute("sources")).isZero();
		assertThat(this.out.toString().lines()).hasSize(Catalogue.names().size() + 1);
		assertThat(this.out.toString()).containsPattern("definition +from +use +disables +follows +tested with")
			.containsPattern("gitlab +http +full +no +REST")
			.containsPattern("langfuse +postgresql +none +no ")
			.containsPattern("litellm +http +partial +reversibly ")
			.containsPattern("oceanbase-cloud-export +file +full +no ");
	}

	@Test
	void aFolderThatGoesBeforeTheCatalogueIsNamed() throws IOException {
		Path own = Files.createDirectories(this.directory.resolve("sources/gitlab"));
		assertThat(execute("sources")).isZero();
		assertThat(this.out.toString()).contains("The folder " + own + " replaces the catalogue's gitlab.");
	}

	@Test
	void aDefinitionIsShownWithWhatStandsInTheConfiguration() {
		assertThat(execute("sources", "show", "unleash")).isZero();
		assertThat(this.out.toString()).startsWith("Unleash API tokens; follows ")
			.contains("---- source.yaml\n", "definition: unleash, http:", "---- select.sql\n", "---- disable.http\n",
					"---- restore.http\n");
	}

	@Test
	void aDefinitionIsCopiedWholeAndNeverOverAnother() throws IOException {
		assertThat(execute("sources", "copy", "gitea")).isZero();
		Path folder = this.directory.resolve("sources/gitea");
		assertThat(this.out.toString()).isEqualTo("3 files copied to " + folder + System.lineSeparator());
		Catalogue.entry("test", "gitea")
			.folder()
			.texts()
			.forEach((file, text) -> assertThat(folder.resolve(file)).hasContent(text));
		Files.writeString(folder.resolve("select.sql"), "mine");
		refused("--to: " + folder + " already exists and is not overwritten", "sources", "copy", "gitea");
		assertThat(folder.resolve("select.sql")).hasContent("mine");
	}

	@Test
	void aDefinitionIsCopiedToADirectoryThatIsNamed() {
		Path to = this.directory.resolve("elsewhere");
		assertThat(execute("sources", "copy", "gitlab", "--to=" + to)).isZero();
		assertThat(to.resolve("gitlab/source.yaml")).isNotEmptyFile();
		refused("--to: /proc/x/gitlab cannot be written", "sources", "copy", "gitlab", "--to=/proc/x");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					sources show gitlb               | NAME: 'gitlb' is not in the catalogue; did you mean 'gitlab'?
					sources copy opnai               | NAME: 'opnai' is not in the catalogue; did you mean 'openai'?
					sources copy ../../etc           | NAME: '../../etc' is not in the catalogue; allowed: oceanbase-cloud-export,
					sources show                     | Missing required parameter: 'NAME'
					sources shwo gitlab              | there is no command 'shwo'; allowed: show, copy, init
					sources init --table=x           | Missing required argument
					sources init --datasource=u      | Missing required option: '--table=TABLE'
					sources init --datasource=u --source=s --table=x | mutually exclusive
					sources init --datasource=jdbc:postgresql://localhost/x --table=x | --username: is missing
					sources init --datasource=jdbc:mysql://localhost/x --username=u --table=x | it must start with jdbc:postgresql://
					sources init --datasource=jdbc:postgresql://localhost/x?password=hunter2 --username=u --table=x | --datasource: has a password
					sources init --datasource=jdbc:postgresql://localhost/x --username=u --table=x --name=../x | --name: '../x' is not allowed
					sources init --datasource=jdbc:postgresql://localhost/x --username=u --table=- | --name: '' is not allowed
					""")
	void badArgumentsGetOneLine(String command, String line) {
		refused(line, command.split(" "));
		assertThat(this.err.toString()).doesNotContain("hunter2");
	}

	@Test
	void aDatabaseThatDoesNotAnswerIsWorthAnotherTry() {
		assertThat(
				execute("sources", "init", "--datasource=jdbc:postgresql://localhost:1/x", "--username=u", "--table=x"))
			.isEqualTo(1);
		assertThat(this.err.toString()).contains("--datasource: Connection to localhost:1 refused").hasLineCount(1);
	}

	@Test
	void aTableIsFoundByItsNearestName() {
		TestDatabase database = TestDatabase.empty();
		database.jdbc().sql("CREATE SCHEMA billing; CREATE TABLE billing.api_key (id int)").update();
		refused("--table: there is no table 'biling.api_key' on the search path of that database, or the role may"
				+ " not see" + " its schema; did you mean 'billing.api_key'?", init(database, "biling.api_key"));
		refused("write it with its schema, such as billing.api_key", init(database, "nothing_like_it"));
	}

	@Test
	void aProposalIsRefusedUntilAPersonHasDecided() throws IOException {
		TestDatabase database = TestDatabase.empty();
		database.jdbc()
			.sql("""
					CREATE TABLE api_key (
					  id bigint PRIMARY KEY, label text, key_hash text, last_four text, team_id int, user_id uuid, email text,
					  created_at timestamptz, last_used timestamptz, last_seen_ip inet, last_login_at timestamp, expires bigint,
					  is_active boolean, payload jsonb);
					INSERT INTO api_key (id, label, last_four, created_at, last_used, is_active)
					VALUES (1, 'ci', 'a1b2', '2025-01-01Z', '2026-01-01Z', true), (2, 'off', 'c3d4', '2025-01-01Z', NULL, false)
					""")
			.update();
		assertThat(execute(init(database, "api_key"))).as(this.err.toString()).isZero();
		Path folder = this.directory.resolve("sources/api-key");
		assertThat(this.out.toString()).contains("A proposal for api_key is in " + folder, "lines with TODO");
		String select = Files.readString(folder.resolve("select.sql"));
		assertThat(select)
			.contains("SELECT t.id AS key_id\n", ", t.label AS name\n",
					", '****' || right(t.last_four, 4) AS masked_key\n", ", t.team_id AS project_id\n",
					", t.user_id AS owner_id\n", ", t.email AS owner_email\n", ", t.created_at AS created_at\n",
					"     -- , t.last_used AS last_used_at    -- timestamp with time zone\n",
					", to_timestamp(t.expires / TODO) AS expires_at    -- TODO",
					", CASE WHEN t.is_active THEN 'active' ELSE 'disabled' END AS status\n",
					"-- not used: key_hash (text): it may be or reveal a secret")
			.doesNotContainPattern("(?m)^ +, .*last_used_at");
		assertThat(check(database)).isEqualTo(2);
		assertThat(this.out.toString())
			.contains("api-key/source.yaml: usage.recorded is required; write full, partial or none");
		decide(folder.resolve("source.yaml"), "recorded:", "recorded: full");
		assertThat(check(database)).isEqualTo(2);
		assertThat(this.out.toString()).containsPattern("select\\.sql: still has TODO in line [0-9]+, [0-9]+");
		decide(folder.resolve("select.sql"), "/ TODO", "/ 1");
		decide(folder.resolve("select.sql"), "TODO ", "");
		assertThat(check(database)).isEqualTo(2);
		assertThat(this.out.toString()).containsPattern("source\\.yaml: still has TODO in line [0-9]+");
		decide(folder.resolve("source.yaml"), "TODO ", "");
		assertThat(check(database)).isEqualTo(2);
		assertThat(this.out.toString()).contains("last_used_at");
		decide(folder.resolve("select.sql"), "-- , t.last_used AS", ", t.last_used AS");
		assertThat(check(database)).as(this.out.toString()).isZero();
		assertThat(this.out.toString()).containsPattern("ok +source s +.*2 keys");
	}

	/** A person decides on every ambiguous name. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					token text PRIMARY KEY                      | SELECT 'sha256:' || encode(sha256(convert_to(t.token::text, 'UTF8')), 'hex') AS key_id
					a text, b text                              | SELECT TODO AS key_id
					"keyId" uuid                                | SELECT t."keyId" AS key_id    -- TODO is it unique?
					id int PRIMARY KEY, "createdAt" timestamp   | , t."createdAt" AT TIME ZONE 'TODO' AS created_at    -- TODO the zone in which
					id int PRIMARY KEY, created_at bigint       | , to_timestamp(t.created_at / TODO) AS created_at
					id int PRIMARY KEY, created text            | , t.created::timestamptz AS created_at    -- TODO correct only if each value has a zone
					id int PRIMARY KEY, status int              | , t.status::text AS status    -- TODO map its words
					id int PRIMARY KEY, revoked_at timestamptz  | , CASE WHEN t.revoked_at IS NOT NULL THEN 'disabled' ELSE 'active' END AS status
					id int PRIMARY KEY, blocked boolean         | , CASE WHEN t.blocked THEN 'disabled' ELSE 'active' END AS status
					id int PRIMARY KEY                          | -- TODO no column's name indicates a last use
					id int PRIMARY KEY, masked_key text         | , t.masked_key AS masked_key    -- TODO is it a mask?
					id int PRIMARY KEY, secret text             | -- not used: secret (text): it may be or reveal a secret
					""")
	void aColumnIsProposedByItsNameAndType(String columns, String line) throws IOException {
		TestDatabase database = TestDatabase.empty();
		database.jdbc().sql("CREATE TABLE keys (" + columns + ")").update();
		assertThat(execute(init(database, "keys"))).as(this.err.toString()).isZero();
		assertThat(this.directory.resolve("sources/keys/select.sql")).content().contains(line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Access Key", "we:ird # name", "it's", "a\"b" })
	void aTableMayHaveAnyName(String table) throws IOException {
		TestDatabase database = TestDatabase.empty();
		database.jdbc()
			.sql("CREATE TABLE \"" + table.replace("\"", "\"\"")
					+ "\" (id int PRIMARY KEY, \"la:st\" text, \"x\ny\" text)")
			.update();
		assertThat(execute(init(database, table, "--name=odd"))).as(this.err.toString()).isZero();
		decide(this.directory.resolve("sources/odd/source.yaml"), "recorded:", "recorded: none");
		decide(this.directory.resolve("sources/odd/source.yaml"), "TODO ", "");
		decide(this.directory.resolve("sources/odd/select.sql"), "TODO ", "");
		assertThat(check(database, "odd")).as(this.out.toString()).isZero();
		try (Stream<String> lines = Files.lines(this.directory.resolve("sources/odd/select.sql"))) {
			assertThat(lines).noneMatch((line) -> line.startsWith("y"));
		}
	}

	@Test
	void aTableOfAConfiguredSourceNeedsNoUrl() {
		Register register = new Register(this.directory);
		assertThat(register.execute("sources", "init", "--source=console", "--table=api_key", "--to=" + this.directory))
			.as(register.err())
			.isZero();
		assertThat(this.directory.resolve("api-key/select.sql")).content()
			.contains("-- , t.last_used_at AS last_used_at");
		assertThat(register.execute("sources", "init", "--source=cnsole", "--table=api_key")).isEqualTo(2);
		assertThat(register.err()).contains("--source: there is no source 'cnsole'; configured: console");
	}

	private String[] init(TestDatabase database, String table, String... more) {
		return Stream.concat(Stream.of("sources", "init", "--datasource=" + database.url(),
				"--username=" + database.username(), "--table=" + table), Stream.of(more))
			.toArray(String[]::new);
	}

	private int check(TestDatabase database) throws IOException {
		return check(database, "api-key");
	}

	private int check(TestDatabase database, String definition) throws IOException {
		this.out.getBuffer().setLength(0);
		Files.writeString(this.directory.resolve("exemptions.yaml"), "exemptions: []\n");
		TestDatabase governance = TestDatabase.migrated().asApplication();
		return execute(Map.of("spring.config.location", "classpath:/application.yaml", "spring.datasource.url",
				governance.url(), "spring.datasource.username", governance.username(), "spring.datasource.password",
				governance.password(), "keysteward.report.directory", this.directory.resolve("reports").toString(),
				"keysteward.sources[0].id", "s", "keysteward.sources[0].definition", definition,
				"keysteward.sources[0].datasource.url", database.url(), "keysteward.sources[0].datasource.username",
				database.username(), "keysteward.config-directory", this.directory.toString()), "check");
	}

	private static void decide(Path file, String before, String after) throws IOException {
		Files.writeString(file, Files.readString(file).replace(before, after));
	}

	private void refused(String line, String... command) {
		this.err.getBuffer().setLength(0);
		assertThat(execute(command)).as(this.err.toString()).isEqualTo(2);
		assertThat(this.err.toString()).startsWith("keysteward: ").contains(line).hasLineCount(1);
	}

	private int execute(String... command) {
		return execute(Map.of("keysteward.config-directory", this.directory.toString()), command);
	}

	private int execute(Map<String, String> properties, String... command) {
		return new KeystewardCli(properties, new PrintWriter(this.out, true), new PrintWriter(this.err, true))
			.execute(command);
	}

}
