package io.keysteward.source.jdbc;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.KeySwitch.Undo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The web shop of the documentation, with the peculiarities of MySQL and its relatives.
 */
@ExtendWith(OutputCaptureExtension.class)
class MariaDbSourceTests {

	private static final org.slf4j.Logger logger = LoggerFactory.getLogger(MariaDbSourceTests.class);

	private static final Instant AS_OF = Instant.parse("2026-11-23T04:05:06.789Z");

	private static final Path DRIVERS = TestDrivers.folder(TestDrivers.MARIADB, TestDrivers.MYSQL);

	private final MariaDb database = MariaDb.create();

	private final Map<String, String> files = new TreeMap<>(Map.of("source.yaml", """
			title: Web shop API keys
			rows:
			  keys: { sql: keys.sql, one: id }
			  users: { sql: users.sql }
			usage: { recorded: full, granularity: 1m }
			disable: { reversible: true, effective-within: 1m }
			""", "keys.sql",
			"SELECT id, label, last4, user_id, enabled, created_at, last_used_at, off_by, off_at FROM api_key",
			"users.sql", "SELECT id, email, blocked FROM user", "select.sql", """
					SELECT k.id AS key_id, k.label AS name, '****' || k.last4 AS masked_key,
					       k.user_id AS owner_id, u.email AS owner_email,
					       CASE WHEN k.user_id IS NULL THEN NULL WHEN u.id IS NULL THEN 'missing'
					            WHEN u.blocked = '1' THEN 'disabled' ELSE 'ok' END AS owner_state,
					       k.created_at::timestamp AT TIME ZONE 'UTC' AS created_at,
					       nullif(k.last_used_at, '0000-00-00 00:00:00')::timestamp AT TIME ZONE 'UTC' AS last_used_at,
					       CASE k.enabled WHEN '1' THEN 'active' ELSE 'disabled' END AS status
					  FROM keys k LEFT JOIN users u ON u.id = k.user_id
					""", "disable.sql", """
					UPDATE api_key SET enabled = 0, off_by = :run_id, off_at = :as_of
					 WHERE id = :id AND enabled = 1 AND created_at <=> :created_at AND last_used_at <=> :last_used_at
					""", "restore.sql", """
					UPDATE api_key SET enabled = 1, off_by = NULL, off_at = NULL
					 WHERE id = :id AND enabled = 0 AND off_by = :run_id AND off_at = :off_at
					"""));

	@BeforeEach
	void aShop() {
		sql("CREATE TABLE user (id int PRIMARY KEY, email varchar(100), blocked tinyint(1))");
		sql("""
				CREATE TABLE api_key (id bigint PRIMARY KEY, label text, last4 char(4), user_id int, enabled bit(1),
				  created_at timestamp NULL, last_used_at datetime NULL, off_by bigint, off_at datetime(3),
				  touched timestamp DEFAULT current_timestamp ON UPDATE current_timestamp)
				""");
		sql("INSERT INTO user VALUES (1, 'ann@example.org', 0), (2, 'bob@example.org', 1)");
		sql("SET time_zone = '+00:00'");
		sql("""
				INSERT INTO api_key (id, label, last4, user_id, enabled, created_at, last_used_at) VALUES
				  (11, 'night job', 'wxyz', 1, 1, '2024-01-01 00:00:01', '2025-06-07 08:09:10'),
				  (12, 'café ☕', 'abcd', 2, 1, '2024-02-29 23:59:59', NULL),
				  (13, NULL, '0000', 3, 0, '2024-03-31 02:30:00', NULL)
				""");
	}

	@AfterEach
	void drop() {
		this.database.close();
	}

	@ParameterizedTest
	@CsvSource({ "mariadb, Asia/Tokyo", "mysql, Asia/Tokyo", "mariadb, America/Los_Angeles",
			"mysql, Pacific/Kiritimati", "mysql, Europe/Berlin", "mariadb, Europe/Berlin" })
	void timesDoNotDependOnTheZoneOfTheJvm(String scheme, String zone) {
		TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		try {
			KeySource source = source(scheme);
			KeyRecord key = key(source, "11");
			assertThat(key.createdAt()).isEqualTo("2024-01-01T00:00:01Z");
			assertThat(key.usage()).isEqualTo(Usage.used(Instant.parse("2025-06-07T08:09:10Z")));
			assertThat(key(source, "12").createdAt()).isEqualTo("2024-02-29T23:59:59Z");
			assertThat(key(source, "12").name()).isEqualTo("café ☕");
			assertThat(key(source, "13").createdAt()).isEqualTo("2024-03-31T02:30:00Z");
			String undo = disable(source, key);
			assertThat(text("SELECT CAST(off_at AS CHAR) FROM api_key WHERE id = 11"))
				.isEqualTo("2026-11-23 04:05:06.789");
			assertThat(source.keySwitch(Set.of()).restore(new Undo("11", 7, AS_OF, undo), (receipt) -> {
			})).isTrue();
			assertThat(key(source, "11")).isEqualTo(key);
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void aZeroDateIsAZeroDateAndSuchARowIsSwitchedLikeOthers(String scheme) {
		sql("SET sql_mode = ''");
		sql("UPDATE api_key SET last_used_at = '0000-00-00 00:00:00' WHERE id = 11");
		sql("SET GLOBAL sql_mode = 'TRADITIONAL'");
		try {
			KeySource source = source(scheme);
			KeyRecord key = key(source, "11");
			assertThat(key.usage()).isEqualTo(Usage.NEVER_USED);
			String undo = disable(source, key);
			assertThat(source.keySwitch(Set.of()).disabledBy(new Undo("11", 7, AS_OF, undo))).isTrue();
			assertThat(text("SELECT last_used_at FROM api_key WHERE id = 11")).startsWith("0000-00-00 00:00:00");
		}
		finally {
			sql("SET GLOBAL sql_mode = DEFAULT");
		}
	}

	@Test
	void theUndoHoldsWhatRestoreSqlAsksForAndNothingElse() {
		assertThat(disable(source("mariadb"), key(source("mariadb"), "11")))
			.startsWith("{\"id\":\"11\",\"off_at\":\"2026-11-23 04:05:06.789\",\"keysteward.key\":\"11\"")
			.doesNotContain("night job", "wxyz");
	}

	@Test
	void theServerIdentifiesItself() {
		KeySource source = source("mariadb");
		assertThat(source.place().text()).startsWith("database " + this.database.name() + ", user ks@%, server ")
			.endsWith(" at 127.0.0.1:" + this.database.server().getPort());
		assertThat(source("mysql").place().keys()).isEqualTo(source.place().keys());
		this.files.put("users.sql", "select `id` , email, blocked\nfrom " + this.database.name() + ".user -- the same");
		assertThat(source("mariadb").place().keys()).isEqualTo(source.place().keys());
		this.files.put("users.sql", "SELECT id, email, blocked FROM user WHERE id > 1");
		assertThat(source("mariadb").place().keys()).isNotEqualTo(source.place().keys());
	}

	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void anUpdateOfTwoRowsIsRolledBack(String scheme) {
		this.files.put("disable.sql",
				"UPDATE api_key SET enabled = 0, off_by = :run_id, off_at = :as_of WHERE id >= :id"
						+ " AND enabled = 1");
		assertUntouched(scheme, "disable.sql: changed 2 rows for one key; it was rolled back");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void aTriggerThatSwitchesAnotherKeyIsRolledBack(String scheme) {
		sql("CREATE TABLE pair (id bigint PRIMARY KEY, enabled bit(1))");
		sql("INSERT INTO pair SELECT id, enabled FROM api_key");
		sql("CREATE TRIGGER both_off AFTER UPDATE ON api_key FOR EACH ROW UPDATE pair SET enabled = 0");
		edit("source.yaml", (yaml) -> yaml.replace("  users:", "  pairs: { sql: pairs.sql }\n  users:"));
		this.files.put("pairs.sql", "SELECT id, enabled FROM pair");
		assertUntouched(scheme, "changes or deletes 2 other rows of pairs, triggers included; it was rolled back");
	}

	@Test
	void aRowThatOtherKeysHangOnIsNotSwitched() {
		this.files
			.put("select.sql", this.files.get("select.sql") + " UNION ALL SELECT 'child-' || k.id, NULL, NULL, NULL,"
					+ " NULL, NULL, NULL, NULL, CASE k.enabled WHEN '1' THEN 'active' ELSE 'disabled' END FROM keys k");
		assertUntouched("mariadb", "disable.sql: switches 1 other key too, by what");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void aTableThatRollsNothingBackIsRefused(String scheme) {
		sql("ALTER TABLE api_key ENGINE = MyISAM");
		ForeignSource foreign = foreign();
		KeySource source = foreign.load(url(scheme));
		assertThat(foreign.failure(source::probe))
			.isEqualTo("CONFIGURATION config/sources/x/keys.sql: table api_key has the"
					+ " engine MyISAM, which has no snapshots and no rollback; convert it (ALTER TABLE …"
					+ " ENGINE=InnoDB)," + " or leave it out");
		sql("ALTER TABLE api_key ENGINE = InnoDB");
		sql("CREATE TABLE elsewhere ENGINE = Aria AS SELECT * FROM user");
		sql("CREATE VIEW people AS SELECT * FROM elsewhere");
		this.files.put("users.sql", "SELECT id, email, blocked FROM people");
		ForeignSource view = foreign();
		assertThat(view.failure(() -> view.load(url(scheme)).open(Set.of()).close()))
			.contains("users.sql: table elsewhere has the engine Aria");
	}

	/** Only the server's warning shows it, too late for that table. */
	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void aTriggerThatWritesWhatStaysIsFoundWhenItIsRehearsed(String scheme) {
		sql("CREATE TABLE audit (at datetime) ENGINE = MyISAM");
		sql("CREATE TRIGGER audited AFTER UPDATE ON api_key FOR EACH ROW INSERT INTO audit VALUES (now())");
		assertUntouched(scheme,
				"restore.sql: changes a table that cannot be rolled back (such as MyISAM, by a" + " trigger");
	}

	@Test
	void bytesAreNoText() {
		sql("ALTER TABLE api_key ADD COLUMN secret varbinary(16)");
		this.files.put("keys.sql", "SELECT k.*, k.secret AS hash FROM api_key k");
		ForeignSource foreign = foreign();
		assertThat(foreign.failure(() -> foreign.load(url("mariadb")).open(Set.of()).close()))
			.contains("keys.sql: column secret holds bytes, not a text; write HEX(…) AS secret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"keys.sql | SELECT id FROM api_key; DROP TABLE api_key | line 1 ends a first statement",
			"keys.sql | SELECT id, idd FROM api_key | Unknown column 'idd' in",
			"keys.sql | SELECT id FROM api_keys | Table 't",
			"keys.sql | SELECT id, id FROM api_key | Duplicate column name",
			"keys.sql | SELECT id FROM api_key WHERE id = :id | unknown parameter ':id'; this SELECT may not have"
					+ " parameters",
			"keys.sql | DELETE FROM api_key | You have an error in your SQL syntax",
			"keys.sql | SELEC id FROM api_key | You have an error in your SQL syntax" })
	void aFaultOfTheSelectIsOneLineWithItsFile(String file, String sql, String line) {
		this.files.put(file, sql);
		ForeignSource foreign = foreign();
		for (String scheme : List.of("mariadb", "mysql")) {
			assertThat(foreign.failure(() -> foreign.load(url(scheme)).probe()))
				.startsWith("CONFIGURATION config/sources/x/" + file + ": ")
				.contains(line)
				.doesNotContain("\n", "(conn=");
		}
		assertThat(text("SELECT count(*) FROM api_key")).isEqualTo("3");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"disable.sql | UPDATE api_key SET enabled = 0 WHERE label = :label | does not compare with :id",
			"disable.sql | UPDATE api_key SET enabled = 0 WHERE id = :key_id | unknown parameter ':key_id'; allowed"
					+ " are :as_of",
			"restore.sql | UPDATE api_key SET enabled = 1 WHERE id = :id | compares neither :run_id nor any column"
					+ " but id",
			"disable.sql | UPDATE nothing SET enabled = 0 WHERE id = :id | disable.sql: Table 't",
			"restore.sql | UPDATE api_key SET x = 1 WHERE id = :id AND off_by = :run_id | restore.sql: Unknown"
					+ " column 'x'" })
	void aFaultOfASwitchIsFoundWithoutAKey(String file, String sql, String line) {
		this.files.put(file, sql);
		ForeignSource foreign = foreign();
		for (String scheme : List.of("mariadb", "mysql")) {
			KeySource source = foreign.load(url(scheme));
			assertThat(foreign.failure(() -> source.keySwitch(Set.of()).probe())).startsWith("CONFIGURATION ")
				.contains(line);
		}
	}

	/** A message must not show a value. */
	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void aValueThatTheServerQuotesIsNotShown(String scheme) {
		this.files.put("disable.sql",
				"UPDATE api_key SET enabled = 0, off_at = CONCAT(:label, 'x') WHERE id = :id AND enabled = 1");
		assertUntouched(scheme, "disable.sql: ");
		ForeignSource foreign = foreign();
		KeySource source = foreign.load(url(scheme));
		KeyRecord key = key(source, "11");
		assertThat(foreign.failure(() -> disable(source, key))).doesNotContain("night");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void aMissingRightOrLoginIsOneLine(String scheme) {
		ForeignSource foreign = foreign();
		assertThat(foreign.failure(() -> foreign.load(url(scheme), "ks", "wrong").probe()))
			.startsWith("CONFIGURATION keysteward.sources[x].datasource.username and password: ")
			.contains("Access denied")
			.doesNotContain("wrong");
		sql("CREATE OR REPLACE USER reader@'%' IDENTIFIED BY 'reader'");
		sql("GRANT SELECT (id, label, last4, user_id, enabled, created_at, last_used_at, off_by, off_at) ON "
				+ this.database.name() + ".api_key TO reader@'%'");
		assertThat(foreign.failure(() -> foreign.load(url(scheme), "reader", "reader").probe()))
			.startsWith("CONFIGURATION config/sources/x/users.sql: SELECT command denied")
			.endsWith("; grant it to the user of keysteward.sources[x].datasource.username");
		sql("GRANT SELECT ON " + this.database.name() + ".user TO reader@'%'");
		KeySource source = foreign.load(url(scheme), "reader", "reader");
		assertThat(ForeignSource.keys(source)).hasSize(3);
		assertThat(foreign.failure(() -> source.keySwitch(Set.of()).probe()))
			.contains("disable.sql: UPDATE command denied", "grant it");
		sql("GRANT UPDATE (enabled, off_by, off_at) ON " + this.database.name() + ".api_key TO reader@'%'");
		source.keySwitch(Set.of()).probe();
		assertThat(disable(source, key(source, "11"))).contains("off_at");
	}

	/** Drivers have logs of their own, and some of them hold what is sent. */
	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void aPasswordIsInNoLogOfAnyLevel(String scheme, CapturedOutput output) {
		sql("CREATE OR REPLACE USER logged@'%' IDENTIFIED BY 'my5ql-Sekret.6'");
		sql("GRANT ALL ON " + this.database.name() + ".* TO logged@'%'");
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Level before = root.getLevel();
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		root.addAppender(log);
		root.setLevel(Level.TRACE);
		// A context that another test has started gives it a level of its own.
		Logger ours = (Logger) LoggerFactory.getLogger("io.keysteward");
		Level oursBefore = ours.getLevel();
		ours.setLevel(Level.TRACE);
		try {
			ForeignSource foreign = foreign();
			KeySource source = foreign.load(url(scheme), "logged", "my5ql-Sekret.6");
			assertThat(disable(source, key(source, "11"))).contains("off_at");
			assertThat(foreign.failure(() -> foreign.load(url(scheme), "ks", "my5ql-Sekret.6").probe()))
				.contains("Access denied")
				.doesNotContain("Sekret");
			logger.trace("{} {}", source, source.place());
		}
		finally {
			root.setLevel(before);
			ours.setLevel(oursBefore);
			root.detachAppender(log);
		}
		assertThat(log.list).extracting(ILoggingEvent::getLevel).contains(Level.TRACE);
		assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
			.anyMatch((line) -> line.contains(this.database.name()))
			.noneMatch((line) -> line.contains("Sekret"));
		assertThat(output.getAll()).doesNotContain("Sekret", "[ WARN]");
	}

	/** The transaction that reads refuses it, whatever a function does. */
	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void readingChangesNothing(String scheme) {
		sql("""
				CREATE FUNCTION nasty() RETURNS int MODIFIES SQL DATA
				BEGIN DELETE FROM user; RETURN 1; END
				""");
		this.files.put("users.sql", "SELECT id, email, nasty() AS blocked FROM user");
		ForeignSource foreign = foreign();
		assertThat(foreign.failure(() -> foreign.load(url(scheme)).open(Set.of()).close())).contains("users.sql: ");
		assertThat(text("SELECT count(*) FROM user")).isEqualTo("2");
	}

	@Test
	void aSelectThatEndsEarlyIsNotBelieved() {
		this.files.put("keys.sql", this.files.get("keys.sql") + " WHERE rand() < 0.5 OR id < 0");
		for (long id = 100; id < 400; id++) {
			sql("INSERT INTO api_key (id, last4, enabled) VALUES (" + id + ", 'x', 1)");
		}
		ForeignSource foreign = foreign();
		assertThat(foreign.failure(() -> foreign.load(url("mariadb")).open(Set.of()).close())).contains("keys.sql: ",
				" rows came, but the database counts ");
	}

	@Test
	void theDriversJarIsPartOfTheDefinition() {
		String mariadb = source("mariadb").definitionSha256();
		assertThat(source("mariadb").definitionSha256()).isEqualTo(mariadb);
		assertThat(source("mysql").definitionSha256()).isNotEqualTo(mariadb);
		this.files.put("users.sql", "SELECT id, email, blocked FROM user WHERE 1 = 1");
		assertThat(source("mariadb").definitionSha256()).isNotEqualTo(mariadb);
	}

	@Test
	void whoHoldsTheRowForLongIsWaitedForAndThenLeftAlone() {
		KeySource source = source("mariadb");
		KeyRecord key = key(source, "11");
		sql("START TRANSACTION");
		sql("UPDATE api_key SET label = 'mine' WHERE id = 11");
		ForeignSource foreign = foreign();
		assertThat(foreign.failure(() -> disable(source, key))).startsWith("RETRY source 'x': ")
			.contains("disable.sql: Lock wait timeout exceeded");
		sql("ROLLBACK");
		assertThat(key(source, "11")).isEqualTo(key);
	}

	private void assertUntouched(String scheme, String line) {
		ForeignSource foreign = foreign();
		KeySource source = foreign.load(url(scheme));
		List<KeyRecord> before = ForeignSource.keys(source);
		KeySwitch keySwitch = source.keySwitch(Set.of());
		Order order = new Order(key(source, "11"), 7, AS_OF);
		assertThat(foreign.failure(() -> keySwitch.rehearse(order))).startsWith("CONFIGURATION ").contains(line);
		List<String> undo = new ArrayList<>();
		assertThat(foreign.failure(() -> keySwitch.disable(order, undo::add))).startsWith("CONFIGURATION ")
			.contains(line);
		assertThat(undo).isEmpty();
		assertThat(ForeignSource.keys(source)).isEqualTo(before);
		assertThat(text("SELECT group_concat(enabled + 0 ORDER BY id) FROM api_key")).isEqualTo("1,1,0");
	}

	private static String disable(KeySource source, KeyRecord key) {
		assertThat(key.status()).isEqualTo(KeyStatus.ACTIVE);
		List<String> undo = new ArrayList<>();
		assertThat(source.keySwitch(Set.of()).disable(new Order(key, 7, AS_OF), undo::add)).isNull();
		return undo.get(0);
	}

	private static KeyRecord key(KeySource source, String id) {
		return ForeignSource.keys(source).stream().filter((key) -> key.id().id().equals(id)).findFirst().orElseThrow();
	}

	private KeySource source(String scheme) {
		return foreign().load(url(scheme));
	}

	private ForeignSource foreign() {
		return ForeignSource.create(DRIVERS, this.files);
	}

	private String url(String scheme) {
		return this.database.url(scheme, this.database.server().getPort());
	}

	private void sql(String sql) {
		this.database.jdbc().sql(sql).update();
	}

	private void edit(String file, UnaryOperator<String> change) {
		this.files.compute(file, (name, text) -> change.apply(String.valueOf(text)));
	}

	private String text(String sql) {
		return this.database.jdbc().sql(sql).query(String.class).single();
	}

}
