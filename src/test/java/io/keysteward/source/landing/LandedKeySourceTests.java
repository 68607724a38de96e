package io.keysteward.source.landing;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.Probe;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class LandedKeySourceTests {

	private static final TestDatabase DATABASE = TestDatabase.migrated().kept();

	private static final String ROWS = "keys: { columns: [id, used] }";

	private static final String SELECT = "SELECT id AS key_id, used::timestamptz AS last_used_at FROM keys";

	private static final Instant USED = Instant.parse("2026-10-01T00:00:00Z");

	@Test
	void oddNamesAndTextsAreUnchanged() {
		String odd = "a\\ta\t\n\r\\N 'x' \"y\" ключ 🔑 {d 'x'} ? ";
		LandedTestSource source = source("""
				'my "keys" {x}?':
				  columns: ['i"d', 'Last Used (UTC+8)', select, '%']
				""", """
				SELECT "i""d" AS key_id, "Last Used (UTC+8)"::timestamptz AS last_used_at, "select" AS name, "%" AS kind
				FROM "my ""keys"" {x}?"
				""");
		MemorySystem system = new MemorySystem().with("my \"keys\" {x}?", row("k", "2026-10-01Z", odd, "\\N"),
				row("k2", null, "a\0b", null));
		List<KeyRecord> keys = source.keys(system);
		assertThat(keys).extracting((key) -> key.id().id()).containsExactly("k", "k2");
		assertThat(keys).extracting(KeyRecord::name).containsExactly(odd, "a\u2400b");
		assertThat(keys).extracting(KeyRecord::kind).containsExactly("\\N", null);
		assertThat(keys).extracting(KeyRecord::usage).containsExactly(Usage.used(USED), Usage.NEVER_USED);
	}

	@Test
	void aProbeNeedsOneRowAndAReadingHasItsOwnTime() {
		KeySource source = source(ROWS, SELECT)
			.load(new MemorySystem().with("keys", row("a", null), row("b", "no time at all")));
		Probe probe = source.probe();
		assertThat(probe.place().text()).isEqualTo("memory");
		assertThat(source.now()).isEqualTo(MemorySystem.READ.plusSeconds(60));
		KeySource good = source(ROWS, SELECT).load(new MemorySystem().with("keys", row("a", null)));
		try (KeySnapshot reading = good.open(Set.of())) {
			assertThat(reading.snapshotAt()).isEqualTo(MemorySystem.READ);
			assertThat(reading.sourceNow()).isEqualTo(good.now());
			assertThat(reading.place()).isEqualTo(good.place());
		}
	}

	@Test
	void nothingIsLeftAndNothingIsWritten() {
		LandedTestSource source = source(ROWS, """
				SELECT id AS key_id, NULL::timestamptz AS last_used_at,
				       CASE WHEN current_setting('transaction_read_only') = 'on' THEN 'sealed' END AS name
				FROM keys
				""");
		assertThat(source.keys(new MemorySystem().with("keys", row("a", null)))).extracting(KeyRecord::name)
			.containsExactly("sealed");
		assertThat(DATABASE.jdbc()
			.sql("SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relname LIKE 'keysteward%'")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void hashedValuesAreHashedAndHiddenOnesNeverReachTheDatabase() {
		LandedTestSource source = source("""
				keys:
				  columns:
				    id: { at: /secret, as: sha256 }
				    public: { at: /secret, before: '.' }
				    secret: { at: /secret, as: hidden }
				    used: /used
				""", """
				SELECT id AS key_id, public AS name, used::timestamptz AS last_used_at,
				       (SELECT string_agg(c, ',') FROM (SELECT jsonb_object_keys(to_jsonb(k)) AS c) x) AS kind
				FROM keys k
				""");
		MemorySystem system = new MemorySystem().with("keys", row("env.s3cr3t", "env.s3cr3t", "env.s3cr3t", null),
				row("nodot", "nodot", "nodot", null));
		assertThat(source.keys(system)).extracting(KeyRecord::name).containsExactly("env", null);
		assertThat(source.keys(system)).extracting(KeyRecord::kind).containsOnly("id,used,public");
		assertThat(source.keys(system)).extracting((key) -> key.id().id())
			.containsExactly(Sha256.of("env.s3cr3t"), Sha256.of("nodot"));
	}

	@Test
	void aRowThatComesAgainCountsOnceWhereListsArePagedAndElseTwice() {
		MemorySystem system = new MemorySystem().with("keys", row("a", null), row("b", null), row("a", null));
		assertThat(source(ROWS, SELECT).keys(system)).hasSize(3);
		assertThat(source(ROWS, SELECT).keys(system.repeating())).hasSize(2);
		system.with("keys", row("a", "2026-10-01Z"));
		assertThat(source(ROWS, SELECT).keys(system)).hasSize(3);
	}

	@Test
	void aLastUseThatARowLacksIsUnknownAndNotNever() {
		MemorySystem system = new MemorySystem().with("keys", row("used", "2026-10-01Z"), row("never", null),
				row("lacks", RowFeed.ABSENT));
		assertThat(source(ROWS, SELECT).keys(system)).extracting(KeyRecord::usage)
			.containsExactlyInAnyOrder(Usage.used(USED), Usage.NEVER_USED, Usage.UNKNOWN);
		MemorySystem never = new MemorySystem().with("keys", row("never", null), row("lacks", RowFeed.ABSENT));
		assertThat(source(ROWS, SELECT).keys(never)).extracting(KeyRecord::usage)
			.containsExactlyInAnyOrder(Usage.NEVER_USED, Usage.UNKNOWN);
		assertThat(source(ROWS, "SELECT id AS key_id, to_timestamp(used::float) AS last_used_at FROM keys").keys(never))
			.extracting(KeyRecord::usage)
			.containsExactlyInAnyOrder(Usage.NEVER_USED, Usage.UNKNOWN);
		assertThat(source(ROWS, "SELECT id AS key_id, ('2026-' || used || 'Z')::timestamptz AS last_used_at FROM keys")
			.failure(never)).contains("rows.keys.columns.used: some rows lack it, and no value of the others");
	}

	/** What is null for each word may be a use for a time in a format of its own. */
	@ParameterizedTest
	@ValueSource(strings = { "-", "never", "0", "00.00.0000", "01.01.1970", "1/1/1900", "9999" })
	void aLastUseThatARowLacksIsNotNeverWhereOthersHaveOnlyWordsForNever(String word) {
		MemorySystem never = new MemorySystem().with("keys", row("never", word), row("lacks", RowFeed.ABSENT));
		assertThat(source(ROWS,
				"SELECT id AS key_id, ('2026-' || nullif(used, '" + word
						+ "') || 'Z')::timestamptz AS last_used_at FROM keys")
			.failure(never)).contains("rows.keys.columns.used: some rows lack it, and no value of the others");
	}

	/** The first stand-in that select.sql takes may be null for it, as a word is. */
	@ParameterizedTest
	@ValueSource(strings = { "CASE WHEN used ~ '^[1-9]\\d*$' THEN to_timestamp(used::bigint) END",
			"to_timestamp(substring(used FROM '\\d\\d\\.\\d\\d\\.\\d{4}'), 'DD.MM.YYYY')" })
	void aLastUseThatARowLacksIsUnknownWhateverASelectPassesOver(String used) {
		MemorySystem never = new MemorySystem().with("keys", row("never", "-"), row("lacks", RowFeed.ABSENT));
		assertThat(source(ROWS, "SELECT id AS key_id, " + used + " AS last_used_at FROM keys").keys(never))
			.extracting(KeyRecord::usage)
			.containsExactlyInAnyOrder(Usage.NEVER_USED, Usage.UNKNOWN);
	}

	@Test
	void otherMissingValuesAreNull() {
		LandedTestSource source = source("keys: { columns: [id, used, mail], optional: [mail] }",
				"SELECT id AS key_id, used::timestamptz AS last_used_at, mail AS owner_email FROM keys");
		MemorySystem system = new MemorySystem().with("keys", row("a", null, RowFeed.ABSENT), row("b", null, "b@x"));
		assertThat(source.keys(system)).extracting(KeyRecord::usage).containsOnly(Usage.NEVER_USED);
		assertThat(source.keys(system)).extracting((key) -> key.owner().email()).containsExactly(null, "b@x");
		MemorySystem none = new MemorySystem().with("keys", row("a", null, RowFeed.ABSENT));
		assertThat(source.keys(none)).extracting(KeyRecord::usage).containsExactly(Usage.NEVER_USED);
	}

	@Test
	void anOptionalLastUseThatNoRowHasIsUnknown() {
		LandedTestSource source = source("keys: { columns: [id, used], optional: [used] }", SELECT);
		assertThat(source.keys(new MemorySystem().with("keys", row("a", RowFeed.ABSENT), row("b", RowFeed.ABSENT))))
			.extracting(KeyRecord::usage)
			.containsOnly(Usage.UNKNOWN);
	}

	@Test
	void aTableMayBeReadForEachRowOfAnother() {
		LandedTestSource source = source("""
				users: { columns: [id] }
				keys: { columns: [id, used], for-each: users }
				""", SELECT);
		MemorySystem system = new MemorySystem().with("users", row("u1"), row("u2")).with("keys", row("a", null));
		source.keys(system);
		assertThat(system.seen).containsExactly(Map.of("id", "u1"), Map.of("id", "u2"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					keys:                                    | is empty; write where its rows come from
					keys: { columns: x }                     | .columns must be a list of names, or a map from names to the places of their values
					keys: { columns: [id, id] }              | .columns has 'id' twice; take one out
					keys: { columns: { id: { as: sha256 } } } | .columns.id.at is required; write the place of its value
					keys: { columns: { id: { at: /x, as: md5 } } } | .columns.id.as 'md5' is not allowed; write sha256 or hidden, or leave it out to land the value unchanged
					keys: { columns: { id: { at: /x, befor: x } } } | .columns.id has the unknown key 'befor'; did you mean 'before'?
					keys: { columns: [id], optional: [used] } | .optional 'used' is not one of its columns; allowed: id
					""")
	void aTableThatIsNotUnderstoodIsOneLine(String rows, String expected) {
		LandedTestSource source = source(rows, SELECT);
		assertThat(source.failure(source::definition)).isEqualTo("CONFIGURATION config/sources/x/source.yaml: rows.keys"
				+ (expected.startsWith(".") ? "" : " ") + expected);
	}

	@Test
	void namesThatWouldShadowTheCatalogueOrOneAnotherAreRefused() {
		MemorySystem system = new MemorySystem();
		assertThat(source("pg_class: { columns: [id, used] }", SELECT).failure(system)).isEqualTo(
				"CONFIGURATION config/sources/x/source.yaml: rows.pg_class is not allowed: 'pg_class' is a table of"
						+ " PostgreSQL's own catalogue; choose another name");
		assertThat(source("'keysteward 0': { columns: [id, used] }", SELECT).failure(system))
			.contains("'keysteward ' is the beginning of Keysteward's own names");
		String name = "x".repeat(64);
		assertThat(source("keys: { columns: [" + name + "] }", SELECT)
			.failure(() -> source("keys: { columns: [" + name + "] }", SELECT).definition()))
			.contains("is longer than the 63 bytes that a name in SQL may have");
	}

	@Test
	void aFaultOfTheDefinitionIsOneLine() {
		MemorySystem system = new MemorySystem().with("keys", row("a", "2026-10-01Z"));
		assertThat(source(ROWS, "SELECT id AS key_id, usd::timestamptz AS last_used_at FROM keys").failure(system))
			.startsWith("CONFIGURATION config/sources/x/select.sql:1: column \"usd\" does not exist")
			.endsWith("; correct the SQL, or what config/sources/x/source.yaml says of its tables");
		assertThat(source(ROWS, SELECT).failure(new MemorySystem().with("keys", row("a", "secret-word")))).isEqualTo(
				"CONFIGURATION config/sources/x/select.sql: invalid input syntax for type timestamp with time zone:"
						+ " \"…\"; correct the SQL, or what config/sources/x/source.yaml says of its tables");
		assertThat(source(ROWS, SELECT).failure(new MemorySystem().with("keys", row("a", RowFeed.ABSENT)))).isEqualTo(
				"CONFIGURATION config/sources/x/source.yaml: rows.keys.columns.used: none of 1 row has used; correct"
						+ " it, or list the column under optional if every row may lack it");
		assertThat(source("- keys", SELECT).failure(() -> source("- keys", SELECT).definition()))
			.contains("rows must hold keys of its own");
		LandedTestSource elsewhere = source("keys: { columns: [id, used], sql: ../keys.sql }", SELECT);
		assertThat(elsewhere.failure(elsewhere::definition))
			.contains("rows.keys.sql '../keys.sql' is not allowed; write the name of a file in the same folder");
	}

	@Test
	void moreThanIsAllowedIsNotLanded() {
		LandedTestSource source = source(ROWS, SELECT);
		MemorySystem system = new MemorySystem();
		for (int i = 0; i < 30_000; i++) {
			system.with("keys", row("key-" + i + "x".repeat(100), null));
		}
		assertThat(source
			.failure(() -> source.load(system, "keysteward_landing", DataSize.ofMegabytes(1)).open(Set.of()).close()))
			.matches("CONFIGURATION config/sources/x/source.yaml: rows.keys: has more than 1 MB after \\d+ rows"
					+ "; land fewer columns, or raise keysteward.landing.max-size");
		assertThat(source.keys(system)).hasSize(30_000);
	}

	@Test
	void aKeyIsFoundWithTheRowThatItWasMadeOf() {
		LandedTestSource source = source("""
				users: { columns: [id, mail] }
				keys:
				  one: nothing
				  columns: { id: { at: x, as: sha256 }, used: used, user: user, secret: { at: x, as: hidden } }
				""", """
				SELECT 'k-' || k.id AS key_id, used::timestamptz AS last_used_at, u.mail AS owner_email
				FROM keys k JOIN users u ON u.id = k."user"
				""");
		MemorySystem system = new MemorySystem().with("users", row("u", "u@x"), row("w", "w@x"));
		for (int i = 0; i < 100; i++) {
			system.with("keys", row("secret-" + i, null, (i % 2 == 0) ? "u" : "w", "secret-" + i));
		}
		String id = "k-" + Sha256.of("secret-37");
		LandedKey found = Objects.requireNonNull(source.keys().find(system.open(), id));
		assertThat(found.key().id().id()).isEqualTo(id);
		assertThat(found.key().owner().email()).isEqualTo("w@x");
		assertThat(found.row()).containsEntry("secret", "secret-37")
			.containsEntry("user", "w")
			.containsEntry("used", null);
		assertThat(found.toString()).doesNotContain("secret-");
		assertThat(source.keys().find(system.open(), "k-none")).isNull();
		system.with("keys", row("secret-37", null, "u", "secret-37"));
		assertThat(source.failure(() -> source.keys().find(system.open(), id))).contains("returns the key in 2 rows");
	}

	@Test
	void aKeyIsFoundByTheColumnThatNamesIt() {
		LandedTestSource source = source("keys: { columns: [id, used], one: id }", SELECT);
		MemorySystem system = new MemorySystem().with("keys", row("a", null), row("b", "2026-10-01Z"), row("c", null));
		LandedKey found = Objects.requireNonNull(source.keys().find(system.open(), "b"));
		assertThat(found.row()).containsExactlyInAnyOrderEntriesOf(Map.of("id", "b", "used", "2026-10-01Z"));
	}

	/** What stands there for never must not be taken for what a row that lacks it has. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			N/A   | 2026-10-01Z | nullif(used, 'N/A')::timestamptz
			never | 2026-10-01Z | nullif(used, 'never')::timestamptz
			-     | null        | nullif(used, '-')::timestamptz
			0     | null        | to_timestamp(nullif(used, '0')::float)
			0     | 1790812800  | to_timestamp(nullif(used::float, 0))
			''    | 2026-10-01Z | nullif(used, '')::timestamptz
			''    | null        | nullif(used, '')::timestamptz
			""")
	void aLastUseThatARowLacksIsUnknownWhateverOthersHaveForNever(String never, @Nullable String used, String select) {
		MemorySystem system = new MemorySystem().with("keys", row("never", never), row("used", used),
				row("lacks", RowFeed.ABSENT));
		assertThat(source(ROWS, "SELECT id AS key_id, " + select + " AS last_used_at FROM keys").keys(system))
			.extracting((key) -> key.id().id(), KeyRecord::usage)
			.contains(tuple("never", Usage.NEVER_USED), tuple("lacks", Usage.UNKNOWN));
	}

	/** A use that is not known may be later than the one that is. */
	@Test
	void aLaterUseThatARowLacksIsUnknownBesideAnEarlierOne() {
		MemorySystem system = new MemorySystem().with("keys", row("both", "2026-09-01Z", "2026-08-01Z"),
				row("lacks", "2026-10-01Z", RowFeed.ABSENT));
		assertThat(source("keys: { columns: [id, web, api] }", """
				SELECT id AS key_id, greatest(web::timestamptz, api::timestamptz) AS last_used_at FROM keys
				""").keys(system)).extracting((key) -> key.id().id(), KeyRecord::usage)
			.containsExactlyInAnyOrder(tuple("both", Usage.used(Instant.parse("2026-09-01T00:00:00Z"))),
					tuple("lacks", Usage.UNKNOWN));
	}

	/** The first of two orders of day and month fits as well as the other. */
	@Test
	void aTimeOfWhichNobodyCanTellTheMonthFailsTheSource() {
		MemorySystem system = new MemorySystem().with("keys", row("a", "03/11/2026 10:00Z"));
		assertThat(source(ROWS, SELECT).failure(system)).contains("date/time field value out of range");
		assertThat(source(ROWS, "SELECT id AS key_id, to_timestamp(used, 'DD/MM/YYYY') AS last_used_at FROM keys")
			.keys(system)).extracting(KeyRecord::usage)
			.containsExactly(Usage.used(Instant.parse("2026-11-03T00:00:00Z")));
	}

	/** Else another key would be switched: the first of the table. */
	@Test
	void aKeyOfAnotherTableIsNotTakenForARowOfTheOneThatSwitches() {
		String rows = "tokens: { columns: [id, used] }\nkeys: { columns: [id, used]%s }";
		LandedTestSource source = source(rows.formatted(", one: id"), """
				SELECT 'key-' || id AS key_id, used::timestamptz AS last_used_at FROM keys
				UNION ALL SELECT 'token-' || id, used::timestamptz FROM tokens
				""");
		MemorySystem system = new MemorySystem().with("tokens", row("7", null))
			.with("keys", row("5", null), row("7", null));
		assertThat(Objects.requireNonNull(source.keys().find(system.open(), "key-7")).row()).containsEntry("id", "7");
		assertThat(source.failure(() -> source.keys().find(system.open(), "token-7")))
			.contains("rows.keys: no single row of it shows the key");
		LandedTestSource unsaid = source(rows.formatted(""),
				"SELECT k.id AS key_id, k.used::timestamptz AS last_used_at"
						+ " FROM keys AS k JOIN tokens AS t ON t.id = k.id");
		assertThat(unsaid.failure(() -> unsaid.keys().find(system.open(), "7")))
			.contains("is one of 2 tables, so it is not known whose rows are keys");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT DISTINCT ON (id) id AS key_id, used::timestamptz AS last_used_at FROM keys",
			"SELECT id AS key_id, max(used::timestamptz) AS last_used_at FROM keys GROUP BY id",
			"SELECT row_number() OVER (ORDER BY id)::text AS key_id, used::timestamptz AS last_used_at FROM keys" })
	void aKeyThatIsMadeOfSeveralRowsIsMadeOfNone(String select) {
		LandedTestSource source = source("keys: { columns: [id, used, row] }", select);
		MemorySystem system = new MemorySystem().with("keys", row("2", "2026-10-01Z", "old"), row("1", null, "x"),
				row("2", null, "new"));
		assertThat(source.failure(() -> source.keys().find(system.open(), "2")))
			.contains("rows.keys: no single row of it shows the key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "select.sql", "disable.sql", "restore.sql", "disable.http", "restore.http", "keys.sql" })
	void everyFileThatAffectsARunIsInTheHash(String file) throws IOException {
		LandedTestSource source = source("keys: { columns: [id, used], sql: keys.sql }", SELECT);
		String before = hash(source, Map.of());
		assertThat(hash(source, Map.of())).isEqualTo(before);
		assertThat(hash(source, Map.of("driver", "1"))).isNotEqualTo(before);
		Files.writeString(source.config().resolve("sources/x/notes.txt"), "no matter");
		assertThat(hash(source, Map.of())).isEqualTo(before);
		Files.writeString(source.config().resolve("sources/x").resolve(file), "SELECT 1 AS key_id");
		assertThat(hash(source, Map.of())).isNotEqualTo(before);
	}

	private static String hash(LandedTestSource source, Map<String, String> more) {
		return source.landing("keysteward_landing", null)
			.source("x", source.definition(), new MemorySystem(), Duration.ofMinutes(1), more)
			.definitionSha256();
	}

	private static LandedTestSource source(String rows, String select) {
		return LandedTestSource.create(DATABASE, rows, select);
	}

	private static List<@Nullable String> row(@Nullable String... values) {
		return Arrays.asList(values);
	}

}
