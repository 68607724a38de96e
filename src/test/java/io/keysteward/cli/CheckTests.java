package io.keysteward.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code check} finds what the night would: it reads every row, and looks at Keysteward's
 * own tables.
 */
class CheckTests {

	private final Path config;

	private final Register register;

	CheckTests(@TempDir Path directory) {
		this.config = directory.resolve("config");
		this.register = new Register(directory);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "name::int::text AS name, id AS key_id | invalid input syntax for type integer",
					"name, (1 / (length(id) - 2))::text AS kind, id AS key_id | division by zero",
					"name, nullif(id, 'k2') AS key_id | key_id is null or blank",
					"name, 'one' AS key_id | key_id 'one' comes more than once" })
	void whatOneRowOfManyGetsWrongIsFound(String columns, String fault) {
		definition("title: T\nprobe: SELECT true\nusage: { recorded: full }\n",
				"SELECT " + columns + ", last_used_at FROM api_key ORDER BY id");
		this.register.key("k1", "2026-01-01", null).key("k2", "2026-01-01", null);
		this.register.keys().sql("UPDATE api_key SET name = '1' WHERE id = 'k1'").update();
		this.register.keys().sql("UPDATE api_key SET id = 'key3' WHERE id = 'k1'").update();
		this.register.keys().sql("UPDATE api_key SET id = 'k1' WHERE id = 'key3'").update();
		assertThat(this.register.execute("check")).as(this.register.out()).isEqualTo(2);
		assertThat(this.register.out()).containsPattern("FAIL  source console").contains(fault).contains("Not ready.");
		assertThat(this.register.execute("run")).isEqualTo(2);
	}

	@Test
	void aReportDirectoryThatIsSoonFullIsWarnedOf() throws IOException {
		assertThat(this.register.execute("run")).isZero();
		assertThat(this.register.execute("check")).isZero();
		assertThat(this.register.out()).doesNotContain("has room for");
		Path inventory = this.register.reports()
			.resolve(this.register.reports().toFile().list()[0].replace(".xlsx", "-all-keys.csv"));
		try (RandomAccessFile sparse = new RandomAccessFile(inventory.toFile(), "rw")) {
			sparse.setLength(inventory.toFile().getUsableSpace() / 3);
		}
		assertThat(this.register.execute("check")).isZero();
		assertThat(this.register.out()).containsPattern("WARN +report directory +keysteward.report.directory: '"
				+ this.register.reports()
				+ "' has room for \\d+ MB, and the last report takes \\d+ MB; make room, or keep reports for a shorter"
				+ " time \\(keysteward.report.keep\\)");
	}

	@Test
	void everyKeyIsReadAndJudgedAndNothingIsStored() {
		this.register.key("idle", "2020-01-01", null).key("new", "2026-01-01", "2026-11-01");
		this.register.keys().sql("UPDATE api_key SET last_used_at = '2019-01-01' WHERE id = 'new'").update();
		assertThat(this.register.execute("check")).as(this.register.out()).isZero();
		assertThat(this.register.out()).contains("; all 2 keys read and judged, 1 flagged; ")
			.containsPattern(
					"WARN +source console +1 key would not be judged, for errors in the data, such as console/new:"
							+ " Last used at 2019-01-01T00:00:00Z, before it was created")
			.contains("Ready.");
		assertThat(rows("run")).isZero();
		assertThat(rows("key_snapshot")).isZero();
	}

	@Test
	void aSourceOfWhichNoKeyCanBeJudgedIsNotReady() {
		this.register.key("a", "2026-01-01", "2026-11-01").key("b", "2026-01-01", "2026-11-01");
		this.register.keys().sql("UPDATE api_key SET last_used_at = '2019-01-01'").update();
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out()).containsPattern(
				"FAIL +source console +source 'console': no key would be judged, and 2 keys would not be for"
						+ " errors in the data, such as console/a: Last used at 2019-01-01T00:00:00Z, before it was created at"
						+ " 2026-01-01T00:00:00Z, by more than the uncertainty of \\w+; correct select.sql, or the data\n")
			.contains("Not ready.");
	}

	@Test
	void aKeyThatIsOffMakesNoSourceReadyAndOneThatIsOnDoes() {
		this.register.key("on", "2026-01-01", "2026-11-01").key("off", "2026-01-01", "2026-11-01");
		this.register.keys().sql("UPDATE api_key SET last_used_at = '2019-01-01' WHERE id = 'on'").update();
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'off'").update();
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out()).contains("no key would be judged, and 1 key would not be");
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'on'").update();
		assertThat(this.register.execute("check")).as(this.register.out()).isZero();
		this.register.key("new", "2026-01-01", "2026-11-01");
		assertThat(this.register.execute("check")).as(this.register.out()).isZero();
	}

	@Test
	void aQuickCheckSaysNothingOfKeysThatItDoesNotRead() {
		this.register.keys()
			.sql("INSERT INTO api_key (id, name, masked_key, created_at, last_used_at) SELECT 'k' || n, 'name ' || n, '****', '2026-01-01', '2019-01-01' FROM generate_series(1, 2500) n")
			.update();
		assertThat(this.register.execute("check", "--quick")).as(this.register.out()).isZero();
		assertThat(this.register.execute("check")).isEqualTo(2);
	}

	@Test
	void quickReadsTheFirstThousandKeysOnly() {
		this.register.keys()
			.sql("INSERT INTO api_key (id, name, masked_key, created_at) SELECT 'k' || n, 'name ' || n, '****', now() FROM generate_series(1, 2500) n")
			.update();
		assertThat(this.register.execute("check", "--quick")).as(this.register.out()).isZero();
		assertThat(this.register.out()).contains("; the first 1000 keys read and judged, ");
		assertThat(this.register.execute("check")).isZero();
		assertThat(this.register.out()).contains("; all 2500 keys read and judged, ");
	}

	@Test
	void useThatIsKnownFromTomorrowOnIsAMistake() {
		definition("title: T\nprobe: SELECT true\nusage: { recorded: full, known-since: 2926-02-14 }\n",
				"SELECT id AS key_id, name, last_used_at FROM api_key");
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out()).contains("usage.known-since of definition 'api-key-records' is"
				+ " 2926-02-14T00:00:00Z, which lies in the future", "Not ready.");
	}

	@Test
	void aRightThatTheNightNeedsIsMissed() {
		this.register.governance().sql("REVOKE UPDATE ON keysteward.finding_row FROM keysteward_app").update();
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out()).contains(
				"this role lacks in schema keysteward: UPDATE on finding_row; run" + " config/sql/roles.sql once more");
	}

	/** A role of the schema's name has it first in its search path. */
	@Test
	void aTableOfSomebodyElseInTheSchemaIsNoMissingTrigger() {
		this.register.governance().sql("CREATE TABLE keysteward.account (id text)").update();
		assertThat(this.register.execute("check")).as(this.register.out()).isZero();
		assertThat(this.register.out()).contains(
				"WARN  governance database          schema keysteward has tables that are not Keysteward's: account;");
	}

	@Test
	void eachTableOfAMigrationCountsAsKeystewards() {
		assertThat(this.register.execute("check")).isZero();
		assertThat(this.register.out()).doesNotContain("tables that are not Keysteward's");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"ALTER TABLE keysteward.key_action DISABLE TRIGGER keep_key_action | keep_key_action of key_action (switched off)",
			"DROP TRIGGER require_lock ON keysteward.notice | require_lock of notice",
			"ALTER TABLE keysteward.run ENABLE REPLICA TRIGGER require_lock | require_lock of run (switched off)" })
	void aTriggerThatGuardsTheTablesIsMissed(String sql, String missing) {
		this.register.governance().sql(sql).update();
		assertThat(this.register.execute("check")).isEqualTo(6);
		assertThat(this.register.out()).contains("the tables in schema keysteward lack triggers: " + missing + ";")
			.contains("Not ready.");
	}

	@Test
	void aTriggerOfSomebodyElseIsWarnedOf() {
		assertThat(this.register.execute("check")).isZero();
		assertThat(this.register.out()).doesNotContain("not its own");
		this.register.loseRows();
		assertThat(this.register.execute("check")).isZero();
		assertThat(this.register.out())
			.contains("there are triggers on Keysteward's tables that are not its own: lose" + " of key_record_now");
	}

	/** With sources of its own, of which one is the built-in definition's name. */
	private void definition(String yaml, String select) {
		try {
			Path folder = Files.createDirectories(this.config.resolve("sources/api-key-records"));
			Files.writeString(folder.resolve("source.yaml"), yaml);
			Files.writeString(folder.resolve("select.sql"), select);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.register.set("keysteward.config-directory", this.config.toString());
	}

	private long rows(String table) {
		TestDatabase governance = this.register.governanceDatabase();
		return governance.jdbc().sql("SELECT count(*) FROM keysteward." + table).query(Long.class).single();
	}

}
