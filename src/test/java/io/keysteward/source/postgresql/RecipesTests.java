package io.keysteward.source.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RecipesTests {

	private static final TestDatabase DATABASE = TestDatabase.empty().kept();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			42::smallint                                     | 42
			42::int                                          | 42
			9223372036854775807                              | 9223372036854775807
			12345678901234567890123::numeric                 | 12345678901234567890123
			'0B8AC3D6-7C2F-4BBE-9E0B-1C8A5F1F2D3E'::uuid     | 0b8ac3d6-7c2f-4bbe-9e0b-1c8a5f1f2d3e
			'a '::varchar                                    | `a `
			'a'::char(5)                                     | a
			'a'::name                                        | a
			""")
	void aKeyIdOfAnyOfTheseTypesIsText(String expression, String id) {
		assertThat(select(expression + " AS key_id, now() AS last_used_at").key().id()).isEqualTo(new KeyId("x", id));
	}

	@Test
	void aSerialColumnIsAnId() {
		DATABASE.jdbc().sql("CREATE TABLE counted (id bigserial, small serial)").update();
		DATABASE.jdbc().sql("INSERT INTO counted DEFAULT VALUES").update();
		assertThat(select("id AS key_id, small AS name, now() AS last_used_at FROM counted").key().name())
			.isEqualTo("1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			timestamp '2026-03-29 01:30' AT TIME ZONE 'UTC'           | 2026-03-29T01:30:00Z
			timestamp '2026-03-29 09:30' AT TIME ZONE 'Asia/Shanghai' | 2026-03-29T01:30:00Z
			to_timestamp(1774747800)                                  | 2026-03-29T01:30:00Z
			to_timestamp(1774747800123 / 1000.0)                      | 2026-03-29T01:30:00.123Z
			date '2026-03-29'::timestamp AT TIME ZONE 'UTC'           | 2026-03-29T00:00:00Z
			'2026-03-29 01:30'::text::timestamptz                     | 2026-03-29T01:30:00Z
			'2026-03-29 01:30:00.123456+02'::timestamptz              | 2026-03-28T23:30:00.123456Z
			""")
	void aTimeOfAnyKindBecomesTheRightInstant(String expression, Instant expected) {
		assertThat(select("1 AS key_id, " + expression + " AS last_used_at").key().usage())
			.isEqualTo(Usage.used(expected));
	}

	@Test
	void enumsAndDomainsAndCitextAreText() {
		DATABASE.jdbc().sql("CREATE SCHEMA odd; CREATE TYPE odd.state AS ENUM ('Active', 'DISABLED')").update();
		DATABASE.jdbc().sql("CREATE DOMAIN odd.label AS text; CREATE DOMAIN odd.at AS timestamptz").update();
		DATABASE.jdbc().sql("CREATE DOMAIN odd.final_state AS odd.state").update();
		KeyRecord key = select("""
				'1'::odd.label AS key_id, 'DISABLED'::odd.final_state AS status, 'Active'::odd.state AS kind,
				'2026-01-01Z'::odd.at AS last_used_at""").key();
		assertThat(key.status()).isEqualTo(KeyStatus.DISABLED);
		assertThat(key.kind()).isEqualTo("Active");
		assertThat(key.usage()).isEqualTo(Usage.used(Instant.parse("2026-01-01T00:00:00Z")));
	}

	@Test
	void mixedCaseNamesAndUnionsAndQuestionMarksAndACommentAtTheEndWork() {
		DATABASE.jdbc()
			.sql("CREATE TABLE \"ApiKey\" (\"keyId\" int, \"tags\" jsonb, \"lastUsed\" timestamptz)")
			.update();
		DATABASE.jdbc().sql("INSERT INTO \"ApiKey\" VALUES (1, '{\"a\": 1}', NULL), (2, '{}', NULL)").update();
		assertThat(TestSource.create(DATABASE, TestSource.YAML, """
				-- keys and tokens
				WITH tokens AS (SELECT 'token-' || n AS key_id FROM generate_series(1, 2) n)
				SELECT 'key-' || "keyId" AS key_id, 'has {fn a}' AS name, "lastUsed" AS last_used_at FROM "ApiKey"
				WHERE "tags" ? 'a'
				UNION ALL
				SELECT key_id, NULL, NULL FROM tokens
				ORDER BY 1; -- the end""").keys()).extracting((key) -> key.id().id())
			.containsExactly("key-1", "token-1", "token-2");
	}

	@Test
	void onlyTheKeyIdIsNeededWhereNoUseIsRecorded() {
		KeyRecord key = TestSource.create(DATABASE, none(), "SELECT 'k' AS key_id").key();
		assertThat(key).isEqualTo(new KeyRecord(new KeyId("x", "k"), null, null, Project.NONE, Owner.NONE, null,
				Usage.UNKNOWN, null, KeyStatus.ACTIVE, null, null, null, null));
	}

	@Test
	void everyColumnArrivesWhereItBelongs() {
		KeyRecord key = select("""
				'fake' AS kind, ' Expired ' AS status, '2026-01-03Z'::timestamptz AS expires_at,
				'2026-01-02Z'::timestamptz AS last_used_at, '2026-01-01Z'::timestamptz AS created_at,
				'disabled' AS owner_state, 'a@b' AS owner_email, 'Ann' AS owner_name, 7 AS owner_id,
				'deleted' AS project_state, 'Search' AS project_name, 8 AS project_id,
				'sk-a****wxyz' AS masked_key, '' AS name, 'k' AS key_id""").key();
		assertThat(key).isEqualTo(new KeyRecord(new KeyId("x", "k"), "", "sk-a****wxyz",
				new Project("8", "Search", ProjectState.DELETED), new Owner("7", "Ann", "a@b", OwnerState.DISABLED),
				Instant.parse("2026-01-01T00:00:00Z"), Usage.used(Instant.parse("2026-01-02T00:00:00Z")),
				Instant.parse("2026-01-03T00:00:00Z"), KeyStatus.EXPIRED, "fake", null, null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			full    | '2026-01-01Z' | USED
			full    |               | NEVER_USED
			partial | '2026-01-01Z' | USED
			partial |               | UNKNOWN
			none    | '2026-01-01Z' | UNKNOWN
			none    |               | UNKNOWN
			""")
	void whatNoLastUseMeansIsDeclared(String recorded, String lastUsed, Usage.State expected) {
		String yaml = TestSource.YAML.replace("full", recorded);
		String time = (lastUsed != null) ? lastUsed : "NULL";
		assertThat(TestSource.create(DATABASE, yaml, "SELECT 1 AS key_id, " + time + "::timestamptz AS last_used_at")
			.key()
			.usage()
			.state()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			2026-02-14                                | 2026-02-14T00:00:00Z | USED
			2026-02-14T08:00:00+01:00                 | 2026-02-14T07:00:00Z | USED
			SELECT timestamptz '2026-02-14Z';         | 2026-02-14T00:00:00Z | USED
			SELECT NULL::timestamptz                  |                      | UNKNOWN
			SELECT now() WHERE false                  |                      | UNKNOWN
			""")
	void sinceWhenUseIsKnownMayBeAsked(String since, Instant expected, Usage.State usage) {
		TestSource source = TestSource.create(DATABASE,
				TestSource.YAML.replace("recorded: full", "recorded: full, known-since: \"" + since + "\""),
				"SELECT 1 AS key_id, now() AS last_used_at");
		assertThat(source.load().probe().traits().knownSince()).isEqualTo(expected);
		assertThat(source.key().usage().state()).isEqualTo(usage);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					'paused' AS status                  | status 'paused' is not one of active, disabled, expired
					NULL AS status                      | status is null, not one of active, disabled, expired
					'' AS status                        | status '' is not one of active, disabled, expired
					repeat('ä', 41) AS status           | status 'ääääääääääääääääääääääääääääääääääääääää…' is not one of active, disabled, expired
					'sk-live-51HxQpT9mZ4k' AS status    | status 'sk-l****mZ4k' is not one of active, disabled, expired
					'gone' AS project_state             | project_state 'gone' is not one of ok, deleted, missing
					'gone' AS owner_state               | owner_state 'gone' is not one of ok, disabled, missing
					'-infinity'::timestamptz AS created_at | created_at is infinite, not a time
					'-infinity'::timestamptz AS expires_at | expires_at is infinite, not a time
					'infinity'::timestamptz AS expires_at  |
					NULL AS owner_state                 |
					'ACTIVE' AS status                  |
					""")
	void aWordThatIsNotUnderstoodIsADataErrorOfItsKeyAlone(String column, String expected) {
		assertThat(select("1 AS key_id, now() AS last_used_at, " + column).key().dataError()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0001-01-01", "1899-12-30", "1900-01-01", "1970-01-01", "1999-12-31 23:59:59.999999" })
	void aSentinelIsADataErrorAndNeitherACreationNorAUseNorAnEnd(String sentinel) {
		for (String column : List.of("created_at", "last_used_at", "expires_at")) {
			String used = column.equals("last_used_at") ? "" : ", now() AS last_used_at";
			KeyRecord key = select("1 AS key_id, '" + sentinel + "Z'::timestamptz AS " + column + used).key();
			assertThat(key.dataError()).as(column)
				.startsWith(column + " is ")
				.endsWith(
						", before oldest-time (2000-01-01T00:00:00Z): a sentinel, not a time; let select.sql make it null");
			assertThat(key.usage().state()).isEqualTo(used.isEmpty() ? Usage.State.UNKNOWN : Usage.State.USED);
		}
	}

	@Test
	void whatSelectSqlMakesNullIsNoSentinelAnyMore() {
		KeyRecord key = select("1 AS key_id, nullif('1970-01-01Z'::timestamptz, to_timestamp(0)) AS last_used_at")
			.key();
		assertThat(key.dataError()).isNull();
		assertThat(key.usage()).isEqualTo(Usage.NEVER_USED);
	}

	@Test
	void theOldestTimeIsTheDefinitions() {
		String select = "SELECT 1 AS key_id, now() AS last_used_at, '1998-05-01Z'::timestamptz AS created_at";
		KeyRecord old = TestSource.create(DATABASE, TestSource.YAML + "oldest-time: 1998-05-01\n", select).key();
		assertThat(old.dataError()).isNull();
		assertThat(old.createdAt()).isEqualTo(Instant.parse("1998-05-01T00:00:00Z"));
		assertThat(TestSource.create(DATABASE, TestSource.YAML + "oldest-time: 1998-05-02\n", select).key().dataError())
			.isNotNull();
	}

	@Test
	void anInfiniteLastUseIsADataErrorAndNotNeverUsed() {
		KeyRecord key = select("1 AS key_id, '-infinity'::timestamptz AS last_used_at, 'x' AS status").key();
		assertThat(key.usage()).isEqualTo(Usage.UNKNOWN);
		assertThat(key.dataError())
			.isEqualTo("last_used_at is infinite, not a time; status 'x' is not one of active, disabled, expired");
	}

	@Test
	void aProjectStateWithoutAProjectIsNoProject() {
		assertThat(
				select("1 AS key_id, now() AS last_used_at, NULL AS project_id, NULL AS project_state").key().project())
			.isEqualTo(Project.NONE);
	}

	/** Each recipe as docs/sources.md has it. */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					The secret is the primary key          | INSERT INTO token VALUES ('sk-live-1', '2026-01-01Z', NULL, true)
					There is no spare column for a mark    | INSERT INTO token VALUES (1, '2026-01-01Z', NULL, true)
					Returning the old value                | INSERT INTO token VALUES (gen_random_uuid(), '2026-01-01Z', NULL, 'TRIAL')
					Several tables in one disable.sql      | INSERT INTO account_key VALUES (1, '2026-01-01Z', NULL, true)
					Expiry as the switch                   | INSERT INTO token VALUES (1, '2026-01-01Z', NULL, '2199-01-01Z')
					""")
	void aKeyIsSwitchedOffAndOnAsTheRecipeSays(String recipe, String insert) throws IOException {
		Map<String, String> files = recipe(recipe);
		TestDatabase database = TestDatabase.empty();
		database.jdbc().sql(part(files, "table")).update();
		database.jdbc().sql(insert).update();
		TestSource source = TestSource.create(database,
				TestSource.YAML + files.getOrDefault("source.yaml", "disable: { reversible: true }"),
				part(files, "select.sql"));
		for (String file : List.of("disable.sql", "restore.sql")) {
			Files.writeString(source.config().resolve("sources/x").resolve(file), part(files, file));
		}
		String before = keys(source);
		KeySource loaded = source.load();
		KeySwitch keySwitch = loaded.keySwitch(Set.of(loaded.probe().place().text()));
		keySwitch.probe();
		KeySwitch.Order order = new KeySwitch.Order(source.key(), 7, Instant.parse("2026-11-23T00:00:00Z"));
		assertThat(keySwitch.rehearse(order)).isNull();
		assertThat(keys(source)).isEqualTo(before);
		List<String> undo = new ArrayList<>();
		assertThat(keySwitch.disable(order, undo::add)).isNull();
		KeyRecord off = source.key();
		assertThat(off.status() == KeyStatus.DISABLED || off.expiresAt() != null).isTrue();
		assertThat(undo.toString()).doesNotContain("sk-live");
		KeySwitch.Undo takenBack = new KeySwitch.Undo(order.key().id().id(), 7, order.asOf(), undo.get(0));
		assertThat(keySwitch.disabledBy(takenBack)).isTrue();
		assertThat(keySwitch.disabledBy(
				new KeySwitch.Undo(takenBack.keyId(), 7, order.asOf(), undo.get(0).replaceAll("20[0-9]{2}-", "2001-"))))
			.isFalse();
		assertThat(keySwitch.restore(takenBack, (receipt) -> {
		})).isTrue();
		assertThat(keys(source)).isEqualTo(before);
		assertThat(keySwitch.restore(takenBack, (receipt) -> {
		})).isFalse();
	}

	private static String part(Map<String, String> files, String name) {
		return Objects.requireNonNull(files.get(name));
	}

	private static String keys(TestSource source) {
		return source.keys().toString();
	}

	/** The parts of a recipe by the comments that name them. */
	private static Map<String, String> recipe(String title) throws IOException {
		String after = Files.readString(Path.of("docs/sources.md"))
			.split("\n#### " + Pattern.quote(title) + "\n", 2)[1];
		String block = after.split("```sql\n", 2)[1].split("\n```", 2)[0];
		Map<String, String> parts = new HashMap<>();
		for (String part : block.split("(?m)^-- ")) {
			if (!part.isBlank()) {
				parts.put(part.lines().findFirst().orElseThrow(), part.substring(part.indexOf('\n') + 1));
			}
		}
		return parts;
	}

	@Test
	void kindsThatAreNeverDisabledAreGovernedToo() {
		String yaml = TestSource.YAML + "kinds: { governed: [personal], never-disable: [system] }";
		SourceTraits traits = TestSource.create(DATABASE, yaml, "SELECT 1 AS key_id, now() AS last_used_at")
			.load()
			.probe()
			.traits();
		assertThat(List.of("personal", "system", "robot")).filteredOn(traits::governs)
			.containsExactly("personal", "system");
		assertThat(traits.neverDisables("system")).isTrue();
	}

	private static TestSource select(String columns) {
		return TestSource.create(DATABASE, TestSource.YAML, "SELECT " + columns);
	}

	private static String none() {
		return TestSource.YAML.replace("full", "none");
	}

}
