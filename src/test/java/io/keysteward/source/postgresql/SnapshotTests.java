package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.keysteward.TestDatabase;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceSettings;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotTests {

	private static final String MANY = "SELECT n AS key_id, 'p' || n % 3 AS project_id, now() AS last_used_at"
			+ " FROM generate_series(1, 20000) n";

	private final TestDatabase database = TestDatabase.empty();

	@Test
	void aReadingSeesOneStateWhileOthersWrite() {
		this.database.jdbc().sql("CREATE TABLE k AS SELECT n AS id FROM generate_series(1, 20000) n").update();
		TestSource source = create("SELECT id AS key_id, now() AS last_used_at FROM k");
		try (KeySnapshot reading = source.load().open(Set.of())) {
			assertThat(reading.next(1)).hasSize(1);
			this.database.jdbc().sql("DELETE FROM k WHERE id % 2 = 0").update();
			this.database.jdbc().sql("INSERT INTO k SELECT n FROM generate_series(20001, 30000) n").update();
			assertThat(TestSource.all(reading)).hasSize(19_999);
			assertThat(reading.next(1)).isEmpty();
		}
		assertThat(source.keys()).hasSize(20_000);
	}

	@Test
	void everyTransactionIsRepeatableReadAndReadOnlyAndInUtc() {
		this.database.jdbc().sql("CREATE ROLE tokyo_%s SUPERUSER LOGIN PASSWORD 'p'".formatted(name())).update();
		this.database.jdbc().sql("ALTER ROLE tokyo_%s SET timezone = 'Asia/Tokyo'".formatted(name())).update();
		this.database.jdbc().sql("ALTER DATABASE %s SET timezone = 'Asia/Tokyo'".formatted(name())).update();
		TestSource source = create("""
				SELECT current_setting('transaction_isolation') || ' ' || current_setting('transaction_read_only')
				       || ' ' || current_setting('statement_timeout') || ' ' || current_setting('TimeZone') AS key_id,
				       '2026-03-01 00:00'::text::timestamptz AS last_used_at""");
		TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
		try (KeySnapshot reading = source.load(this.database.url(), "tokyo_" + name(), "p").open(Set.of())) {
			KeyRecord key = reading.next(1).get(0);
			assertThat(key.id().id()).isEqualTo("repeatable read on 5min UTC");
			assertThat(key.usage()).isEqualTo(Usage.used(Instant.parse("2026-03-01T00:00:00Z")));
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@Test
	void theSnapshotsTimeIsTheSourcesOwn() {
		TestSource source = create("SELECT 1 AS key_id, now() AS last_used_at");
		try (KeySnapshot reading = source.load().open(Set.of())) {
			assertThat(reading.next(1).get(0).usage()).isEqualTo(Usage.used(reading.snapshotAt()));
		}
	}

	@Test
	void theSourcesClockIsAskedBesidesTheSnapshotsTime() {
		TestSource slow = TestSource.create(this.database,
				TestSource.YAML.replace("SELECT true", "SELECT pg_sleep(1) IS NOT NULL"),
				"SELECT 1 AS key_id, now() AS last_used_at");
		Instant before = Instant.now();
		try (KeySnapshot reading = slow.load().open(Set.of())) {
			assertThat(Duration.between(reading.snapshotAt(), reading.sourceNow()))
				.isGreaterThan(Duration.ofSeconds(1));
			assertThat(Duration.between(before, reading.snapshotAt()).abs()).isLessThan(Duration.ofSeconds(1));
			assertThat(Duration.between(reading.sourceNow(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(1));
		}
	}

	@Test
	void aCursorReadsNoFurtherThanItsFetchSize() {
		// A row that cannot be read stands behind the first block, and does no harm to
		// it.
		TestSource source = create("SELECT CASE WHEN n < " + (SqlKeySnapshot.FETCH_SIZE + 1)
				+ " THEN n ELSE 1 / (n - n) END AS key_id, now() AS last_used_at FROM generate_series(1, 20000) n");
		try (KeySnapshot reading = source.load().open(Set.of())) {
			assertThat(reading.next(SqlKeySnapshot.FETCH_SIZE)).hasSize(SqlKeySnapshot.FETCH_SIZE);
			assertThat(source.failure(() -> reading.next(1)))
				.startsWith("CONFIGURATION config/sources/x/select.sql: division by zero; correct the SQL");
		}
	}

	@Test
	void aReadingCanBeNarrowedToProjects() {
		try (KeySnapshot reading = create(MANY).load().open(Set.of("p1", "p'2\",{", "none"))) {
			assertThat(TestSource.all(reading)).hasSize(6667).allMatch((key) -> "p1".equals(key.project().id()));
		}
		TestSource without = create("SELECT 1 AS key_id, now() AS last_used_at");
		assertThat(without.failure(() -> without.load().open(Set.of("p1")))).isEqualTo("CONFIGURATION source 'x'"
				+ " cannot be narrowed to a project: config/sources/x/select.sql returns no project_id");
	}

	@Test
	void theGovernanceConnectionComesBackAsItWas() throws SQLException {
		// Unlike a pool, this repairs nothing that it is given back.
		SingleConnectionDataSource same = new SingleConnectionDataSource(this.database.url(), this.database.username(),
				this.database.password(), true);
		KeySource source = governed(create(MANY), same);
		source.probe();
		try (KeySnapshot reading = source.open(Set.of("p1"))) {
			assertThat(reading.next(10)).hasSize(10);
		}
		try (Connection connection = same.getConnection(); Statement statement = connection.createStatement()) {
			assertThat(connection.getAutoCommit()).isTrue();
			assertThat(connection.isReadOnly()).isFalse();
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
			assertThat(setting(connection, "statement_timeout")).isEqualTo("0");
			assertThat(setting(connection, "keysteward.projects")).isEmpty();
			statement.execute("CREATE TABLE writable ()");
		}
		finally {
			same.destroy();
		}
	}

	@Test
	void noConnectionLeaksWhateverFails() {
		try (HikariDataSource pool = pool()) {
			for (String select : List.of("SELECT", "SELECT 1 AS nothing", "SELECT 1 / 0 AS key_id",
					"SELECT NULL AS key_id, now() AS last_used_at")) {
				TestSource source = create(select);
				KeySource governed = governed(source, pool);
				assertThat(source.failure(governed::probe) + source.failure(() -> {
					try (KeySnapshot reading = governed.open(Set.of("p"))) {
						reading.next(1);
					}
				})).contains("CONFIGURATION");
			}
			assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		}
	}

	@Test
	void aReadingMayBeClosedTwiceAndBeforeItsEnd() {
		KeySnapshot reading = create(MANY).load().open(Set.of());
		reading.next(1);
		reading.close();
		reading.close();
		assertThat(this.database.jdbc()
			.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'keysteward'"
					+ " AND datname = current_database() AND state <> 'idle'")
			.query(Long.class)
			.single()).isZero();
	}

	private static String setting(Connection connection, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT current_setting(?, true)")) {
			statement.setString(1, name);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return String.valueOf(row.getString(1));
			}
		}
	}

	private HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.database.url());
		pool.setUsername(this.database.username());
		pool.setPassword(this.database.password());
		pool.setMaximumPoolSize(1);
		pool.setConnectionTimeout(2000);
		return pool;
	}

	private static KeySource governed(TestSource source, DataSource pool) {
		return source.load(pool, new SourceSettings("x", null, null, null, null, null, null));
	}

	private String name() {
		return this.database.jdbc().sql("SELECT current_database()").query(String.class).single();
	}

	private TestSource create(String select) {
		return TestSource.create(this.database, TestSource.YAML, select);
	}

}
