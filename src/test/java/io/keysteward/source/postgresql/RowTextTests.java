package io.keysteward.source.postgresql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts of any size and of any bytes, as sources hand them over.
 */
class RowTextTests {

	private static final TestDatabase DATABASE = TestDatabase.empty().kept();

	@Test
	void aNameOfAMegabyteIsCutAndMarkedAndItsKeyIsJudged() {
		try (KeySnapshot reading = source(DATABASE, """
				SELECT n AS key_id, CASE WHEN n = 2 THEN repeat('ä', 1000000) ELSE repeat('ä', 20000) END AS name,
				       now() AS last_used_at
				FROM generate_series(1, 3) n ORDER BY n
				""").load().open(Set.of())) {
			List<KeyRecord> keys = TestSource.all(reading);
			assertThat(keys).extracting(KeyRecord::name)
				.containsExactly("ä".repeat(20_000), "ä".repeat(2_000) + " … [cut here]", "ä".repeat(20_000));
			assertThat(keys).extracting(KeyRecord::dataError).containsOnlyNulls();
			assertThat(reading.shortened()).isOne();
		}
	}

	/** Five hundred such rows are more than a gigabyte: these tests have one. */
	@Test
	void howeverLargeEachColumnIsTheRowsFitInMemory() {
		String columns = List
			.of("name", "masked_key", "project_id", "project_name", "project_state", "owner_id", "owner_name",
					"owner_email", "owner_state", "status", "kind")
			.stream()
			.map((name) -> "v AS " + name)
			.collect(Collectors.joining(", "));
		try (KeySnapshot reading = source(DATABASE, "SELECT n AS key_id, now() AS last_used_at, " + columns
				+ " FROM generate_series(1, 600) n, LATERAL (SELECT repeat(chr(64 + n % 32), 500000) AS v) AS x")
			.load()
			.open(Set.of())) {
			assertThat(TestSource.all(reading)).hasSize(600)
				.allMatch((key) -> String.valueOf(key.name()).length() < 2_100);
		}
	}

	@Test
	void aBlockOfLargeRowsHasFewerOfThem() {
		try (KeySnapshot reading = source(DATABASE, """
				SELECT n AS key_id, repeat('x', 40000) AS name, now() AS last_used_at FROM generate_series(1, 100) n
				""").load().open(Set.of())) {
			assertThat(reading.next(1000)).hasSize(25);
			assertThat(TestSource.all(reading)).hasSize(75);
			assertThat(reading.shortened()).isZero();
		}
	}

	@Test
	void anIdThatIsTooLongIsADataErrorUnderAnIdOfItsOwn() {
		List<KeyRecord> keys = source(DATABASE, """
				SELECT repeat('x', length) || n AS key_id, now() AS last_used_at
				FROM (VALUES (700, 1), (700, 2), (1000000, 3), (1000000, 4), (10, 5)) v (length, n) ORDER BY n
				""").keys();
		assertThat(keys).extracting((KeyRecord key) -> key.id().id())
			.doesNotHaveDuplicates()
			.allMatch((id) -> id.length() < 100)
			.contains("xxxxxxxxxx5");
		assertThat(keys).extracting(KeyRecord::dataError)
			.filteredOn((error) -> error != null)
			.hasSize(4)
			.allMatch((error) -> error.startsWith("key_id has more than 600 characters"));
	}

	@Test
	void whoAnswersForAKeyIsNotToldByTheBeginningOfAnId() {
		assertThat(source(DATABASE, """
				SELECT 1 AS key_id, repeat('x', 100000) AS owner_id, now() AS last_used_at
				""").key().dataError()).isEqualTo("owner_id has more than 2000 characters");
	}

	@Test
	void bytesThatAreNoTextAreADataErrorOfTheirKeyAlone() {
		TestDatabase raw = encoded("SQL_ASCII");
		raw.jdbc().sql("CREATE TABLE k (id text, name text)").update();
		raw.jdbc().sql("""
				INSERT INTO k VALUES ('k1', 'plain'), ('k2', convert_from('\\x4d616c6ce97a', 'SQL_ASCII')),
				  ('k3', 'Größe'), (convert_from('\\x6b34ff', 'SQL_ASCII'), 'four'),
				  (convert_from('\\x6b34fe', 'SQL_ASCII'), 'five'), ('k6', repeat('ä', 100000))
				""").update();
		List<KeyRecord> keys = source(raw, "SELECT id AS key_id, name, now() AS last_used_at FROM k").keys();
		assertThat(keys).extracting(
				(KeyRecord key) -> key.id().id() + ": " + shown(String.valueOf(key.name())) + ": " + key.dataError())
			.containsExactlyInAnyOrder("k1: plain: null", "k2: Mall\\xE9z: name is no UTF-8 text", "k3: Größe: null",
					"k4\\xFF: four: key_id is no UTF-8 text", "k4\\xFE: five: key_id is no UTF-8 text",
					"k6: ä…[cut here]: null");
	}

	private static String shown(String name) {
		return (name.length() > 100) ? name.charAt(0) + "…" + name.substring(name.length() - 10) : name;
	}

	@Test
	void anotherEncodingIsReadAsText() {
		TestDatabase latin = encoded("LATIN1");
		latin.jdbc().sql("CREATE TABLE k (id text, name text)").update();
		latin.jdbc().sql("INSERT INTO k VALUES ('é', 'Größe')").update();
		KeyRecord key = source(latin, "SELECT id AS key_id, name, now() AS last_used_at FROM k").key();
		assertThat(key.id().id() + " " + key.name() + " " + key.dataError()).isEqualTo("é Größe null");
	}

	private static TestDatabase encoded(String encoding) {
		String name = "encoded_" + encoding.toLowerCase(Locale.ROOT);
		DATABASE.jdbc()
			.sql("CREATE DATABASE " + name + " ENCODING '" + encoding
					+ "' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
			.update();
		return new TestDatabase(DATABASE.url().replaceFirst("/test\\d+", "/" + name), DATABASE.username(),
				DATABASE.password());
	}

	private static TestSource source(TestDatabase database, String select) {
		return TestSource.create(database, TestSource.YAML, select);
	}

}
