package io.keysteward.source.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The peculiarities of SQLite.
 */
class SqliteSourceTests {

	private static final Path DRIVERS = TestDrivers.folder(TestDrivers.SQLITE);

	private static final DriverFolder FOUND = new DriverFolder(DRIVERS);

	private final Path file;

	private final Map<String, String> files = new TreeMap<>(Map.of("source.yaml", """
			title: App
			rows: { k: { sql: keys.sql, one: id } }
			usage: { recorded: full }
			disable: { reversible: true }
			""", "keys.sql", "SELECT hex(id) AS id, used, \"on\", raw FROM k", "select.sql", """
			SELECT id AS key_id, raw AS name, to_timestamp(used::double precision) AS last_used_at,
			       CASE "on" WHEN '1' THEN 'active' ELSE 'disabled' END AS status FROM k
			""", "disable.sql", "UPDATE k SET \"on\" = 0 WHERE hex(id) = :id AND \"on\" = 1 AND used IS :used",
			"restore.sql", "UPDATE k SET \"on\" = 1 WHERE hex(id) = :id AND \"on\" = 0 AND :run_id > 0"));

	SqliteSourceTests(@TempDir Path folder) {
		this.file = folder.resolve("app.db");
	}

	@Test
	void epochsAndBlobsComeAsTexts() {
		sql("CREATE TABLE k (id blob, used, \"on\" boolean, raw)");
		sql("INSERT INTO k VALUES (x'0aff', 1700000000, 1, x'c3a9'), (x'0b', 1700000000.25, 0, 'é'), (x'0c', NULL,"
				+ " 1, 1.5)");
		List<KeyRecord> keys = ForeignSource.keys(foreign().load(url()));
		assertThat(keys).extracting((key) -> key.id().id()).containsExactly("0AFF", "0B", "0C");
		assertThat(keys).extracting(KeyRecord::name).containsExactly("C3A9", "é", "1.5");
		assertThat(keys).extracting((key) -> key.usage().lastUsedAt())
			.containsExactly(Instant.ofEpochSecond(1_700_000_000), Instant.ofEpochMilli(1_700_000_000_250L), null);
	}

	@Test
	void aFileThatIsNotThereIsNamedAndNotMade() {
		ForeignSource foreign = foreign();
		KeySource source = foreign.load(url());
		assertThat(foreign.failure(source::probe))
			.startsWith("CONFIGURATION keysteward.sources[x].datasource.url (" + this.file + "): ")
			.endsWith("; correct the datasource");
		assertThat(foreign.failure(() -> source.keySwitch(Set.of()).probe())).startsWith("CONFIGURATION ");
		assertThat(this.file).doesNotExist();
	}

	@Test
	void aFileThatIsNoDatabaseIsAFault() throws Exception {
		Files.writeString(this.file, "no database, whatever it is called. ".repeat(200));
		ForeignSource foreign = foreign();
		assertThat(foreign.failure(() -> foreign.load(url()).probe())).startsWith("CONFIGURATION ")
			.contains("file is not a database");
	}

	@Test
	void oneFileIsOnePlaceHoweverItIsSpelt() throws Exception {
		sql("CREATE TABLE k (id, used, \"on\", raw)");
		Path link = Files.createSymbolicLink(this.file.resolveSibling("link.db"), this.file);
		KeySource source = foreign().load(url());
		assertThat(source.place().text()).isEqualTo("file " + this.file.toRealPath());
		assertThat(foreign().load("jdbc:sqlite:" + link).place()).isEqualTo(source.place());
		assertThat(foreign().load("jdbc:sqlite:" + this.file.getParent() + "/./app.db").place())
			.isEqualTo(source.place());
	}

	@Test
	void aTriggerThatTouchesAnotherKeyIsRolledBack() {
		sql("CREATE TABLE k (id blob, used, \"on\" boolean, raw)");
		sql("INSERT INTO k VALUES (x'0a', '1700000000', 1, 'a'), (x'0b', '1700000000', 1, 'b')");
		sql("CREATE TRIGGER t AFTER UPDATE ON k BEGIN UPDATE k SET raw = 'touched' WHERE raw = 'b'; END");
		ForeignSource foreign = foreign();
		KeySource source = foreign.load(url());
		List<KeyRecord> before = ForeignSource.keys(source);
		List<String> undo = new ArrayList<>();
		assertThat(foreign
			.failure(() -> source.keySwitch(Set.of()).disable(new Order(before.get(0), 7, Instant.EPOCH), undo::add)))
			.contains("disable.sql: changes or deletes 1 other row of k, triggers included; it was rolled back");
		assertThat(ForeignSource.keys(source)).isEqualTo(before);
		assertThat(undo).isEmpty();
		sql("DROP TRIGGER t");
		assertThat(source.keySwitch(Set.of()).disable(new Order(before.get(0), 7, Instant.EPOCH), undo::add)).isNull();
		assertThat(source.keySwitch(Set.of()).isOn("0A")).isFalse();
	}

	/** In SQLite, a number equals its text only in a column of a numeric type. */
	@Test
	void aDefinitionThatComparesTextWithNumbersIsFoundByTheRehearsal() {
		sql("CREATE TABLE k (id blob, used, \"on\" boolean, raw)");
		sql("INSERT INTO k VALUES (x'0a', 1700000000, 1, 'a')");
		ForeignSource foreign = foreign();
		KeySource source = foreign.load(url());
		KeyRecord key = ForeignSource.keys(source).get(0);
		assertThat(foreign.failure(() -> source.keySwitch(Set.of()).rehearse(new Order(key, 7, Instant.EPOCH))))
			.contains("disable.sql: changed no row, although config/sources/x/select.sql shows the key as it was read");
	}

	@Test
	void sqliteHasNoUsers() {
		ForeignSource foreign = foreign();
		assertThat(foreign.failure(() -> foreign.load(url(), "ann", "secret")))
			.isEqualTo("CONFIGURATION keysteward.sources[0].datasource.username: SQLite has no users; remove it and the"
					+ " password");
	}

	/** One row is switched there, always. */
	@Test
	void aBoundOfRowsIsRefusedInsteadOfIgnored() {
		this.files.computeIfPresent("source.yaml",
				(name, yaml) -> yaml.replace("reversible: true", "reversible: true, rows: 2"));
		ForeignSource foreign = foreign();
		assertThat(foreign.failure(() -> foreign.load(url()))).isEqualTo(
				"CONFIGURATION config/sources/x/source.yaml: disable.rows is for PostgreSQL's tables only: here exactly"
						+ " one key is switched; take it out");
	}

	private ForeignSource foreign() {
		return ForeignSource.create(DRIVERS, this.files);
	}

	private String url() {
		return "jdbc:sqlite:" + this.file;
	}

	private void sql(String sql) {
		try (Connection connection = FOUND.driver("url", url()).driver().connect(url(), new Properties());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
