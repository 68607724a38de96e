package io.keysteward.forecast;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import io.keysteward.TestDatabase;
import io.keysteward.lock.RunLocks;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A rehearsal's statements reach the copy, and nothing but the copy.
 */
class StateCopyTests {

	private final TestDatabase database = TestDatabase.migrated();

	private final DataSource job = this.database.asApplication().dataSource();

	private final JdbcClient governance = this.database.jdbc();

	@Test
	void everyNameOfTheCopyIsRedirectedAndNothingElseIs() throws SQLException {
		try (StateCopy copy = StateCopy.take(this.job)) {
			RedirectedSql redirected = new RedirectedSql(this.job, copy.names());
			assertThat(
					redirected.redirected("SELECT keysteward.take_lock(1), nextval('keysteward.finding_turn_number')"))
				.isEqualTo(
						"SELECT keysteward_rehearsal.take_lock(1), nextval('keysteward_rehearsal.finding_turn_number')");
			assertThat(
					redirected.redirected("INSERT INTO keysteward.BATCH_JOB_INSTANCE SELECT FROM keysteward.finding"))
				.isEqualTo(
						"INSERT INTO keysteward_rehearsal.BATCH_JOB_INSTANCE SELECT FROM keysteward_rehearsal.finding");
			String others = "SELECT set_config('keysteward.tokens', 'keysteward.notices, keysteward.disable', false)";
			assertThat(redirected.redirected(others)).isEqualTo(others);
		}
	}

	@Test
	void everyWayOfWritingIsRedirected() throws SQLException {
		try (StateCopy copy = StateCopy.take(this.job);
				Connection connection = new RedirectedSql(this.job, copy.names()).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("INSERT INTO keysteward.lock_holder (lock_key, token, pid) VALUES (1, 1, 1)");
			connection.prepareStatement("INSERT INTO keysteward.lock_holder (lock_key, token, pid) VALUES (2, 2, 1)")
				.execute();
			connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("COPY keysteward.lock_holder (lock_key, token, pid) FROM STDIN")
				.endCopy();
			assertThat(count("keysteward_rehearsal.lock_holder")).isEqualTo(2);
			assertThat(count("keysteward.lock_holder")).isZero();
		}
	}

	@Test
	void aStatementThatWentAstrayIsRefusedByTheFence() throws SQLException {
		try (StateCopy copy = StateCopy.take(this.job);
				Connection astray = this.job.getConnection();
				Statement statement = astray.createStatement()) {
			String token = number(statement, "SELECT keysteward_rehearsal.take_lock(" + RunLocks.RUN + ")");
			assertThat(Long.parseLong(token)).isGreaterThan(Long.MAX_VALUE / 2);
			statement.execute("SELECT set_config('keysteward.tokens', '" + token + "', false)");
			statement.execute("DELETE FROM keysteward_rehearsal.finding_row");
			for (String table : new String[] { "finding_row", "run", "key_record_now", "key_action", "notice" }) {
				assertThatExceptionOfType(PSQLException.class).as(table)
					.isThrownBy(() -> statement.execute("DELETE FROM keysteward." + table))
					.withMessageContaining("another process has taken the lock");
			}
			assertThat(copy.names()).contains("finding_row");
		}
	}

	@Test
	void aSecondRehearsalIsRefusedUntilTheFirstHasEnded() throws SQLException {
		StateCopy first = StateCopy.take(this.job);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
			.withMessageStartingWith("another rehearsal is under way on this governance database");
		first.close();
		StateCopy.take(this.job).close();
		assertThat(count("pg_class WHERE relnamespace = to_regnamespace('keysteward_rehearsal')")).isZero();
	}

	@Test
	void whileARunIsUnderWayThereIsNoStateToStartFrom() throws SQLException {
		try (Connection run = this.job.getConnection(); Statement statement = run.createStatement()) {
			statement.execute("SELECT keysteward.take_lock(" + RunLocks.RUN + ")");
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
				.withMessageStartingWith("a run is under way on this governance database; wait until it has ended");
		}
	}

	@Test
	void aRoleWithoutTheRightNamesTheFileThatGivesIt() {
		this.governance.sql("REVOKE CREATE ON SCHEMA keysteward_rehearsal FROM keysteward_app").update();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
			.withMessage("spring.datasource.username: 'keysteward_app' may not make tables in the schema"
					+ " keysteward_rehearsal, where a rehearsal keeps its copy; run config/sql/roles.sql once more, which"
					+ " allows it");
		this.governance.sql("DROP SCHEMA keysteward_rehearsal").update();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
			.withMessageContaining("may not make tables in the schema keysteward_rehearsal");
	}

	@Test
	void theOnlyRoleOfASmallInstallationMakesTheSchemaItself() throws SQLException {
		this.governance.sql("DROP SCHEMA keysteward_rehearsal").update();
		StateCopy.take(this.database.dataSource()).close();
		assertThat(count("pg_namespace WHERE nspname = 'keysteward_rehearsal'")).isZero();
	}

	@Test
	void whatIsNoRehearsalsIsNotDropped() {
		this.governance.sql("CREATE TABLE keysteward_rehearsal.theirs (x int)").update();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
			.withMessageContaining("the schema keysteward_rehearsal has tables that are not a rehearsal's");
		assertThat(count("keysteward_rehearsal.theirs")).isZero();
	}

	@Test
	void tablesOfAnEarlierVersionAreRefused() {
		this.governance.sql("DELETE FROM keysteward.flyway_schema_history WHERE version = '27'").update();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
			.withMessageContaining("are those of an earlier version; start a run first");
	}

	@Test
	void aServerThatEndsIdleSessionsLeavesALongRehearsalItsLock() throws Exception {
		AtomicBoolean asked = new AtomicBoolean();
		DataSource impatient = whenAsked((connection) -> {
			if (asked.compareAndSet(false, true)) {
				update(connection, "SELECT set_config('idle_session_timeout', '1s', false)");
			}
		});
		StateCopy copy = StateCopy.take(impatient);
		Thread.sleep(Duration.ofMillis(1500).toMillis());
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
			.withMessageStartingWith("another rehearsal is under way on this governance database");
		copy.close();
	}

	@Test
	void aLockThatHasEndedWithItsSessionSpoilsNothing() throws SQLException {
		StateCopy copy = StateCopy.take(this.job);
		this.governance.sql("""
				SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
				WHERE datname = current_database() AND usename = 'keysteward_app'
				""").query().listOfRows();
		copy.close();
		assertThat(count("pg_class WHERE relnamespace = to_regnamespace('keysteward_rehearsal')")).isZero();
		StateCopy.take(this.job).close();
	}

	@Test
	void aRunThatStartsWhileTheTablesAreMadeIsNotCopied() throws SQLException {
		try (Connection run = this.job.getConnection()) {
			DataSource meanwhile = whenAsked((connection) -> {
				if (isMade()) {
					update(run, "SELECT keysteward.take_lock(" + RunLocks.RUN + ")");
				}
			});
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(meanwhile))
				.withMessageStartingWith("a run is under way on this governance database; wait until it has ended");
		}
		assertThat(count("pg_class WHERE relnamespace = to_regnamespace('keysteward_rehearsal')")).isZero();
	}

	@Test
	void aCopyThatFailsIsDroppedAndSetsTheLockFree() throws SQLException {
		this.governance.sql("DELETE FROM keysteward.flyway_schema_history WHERE version = '27'").update();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
			.satisfies((failure) -> assertThat(failure.getSuppressed()).isEmpty());
		assertThat(count("pg_class WHERE relnamespace = to_regnamespace('keysteward_rehearsal')")).isZero();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StateCopy.take(this.job))
			.withMessageContaining("are those of an earlier version; start a run first");
	}

	@Test
	void whereTheCopyCannotBeDroppedEitherTheFirstFailureIsTold() throws SQLException {
		DataSource gone = whenAsked((connection) -> {
			if (isMade()) {
				connection.close();
				throw new SQLException("the server has gone");
			}
		});
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> StateCopy.take(gone))
			.satisfies((failure) -> assertThat(failure.getSuppressed()).hasSize(1));
		StateCopy.take(this.job).close();
	}

	/** Connections of the job, after each of which something happens. */
	private DataSource whenAsked(Meanwhile meanwhile) {
		return new DelegatingDataSource(this.job) {
			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				meanwhile.happens(connection);
				return connection;
			}
		};
	}

	private boolean isMade() {
		return count("pg_class WHERE oid = to_regclass('keysteward_rehearsal.run')") > 0;
	}

	private static void update(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private long count(String from) {
		return this.governance.sql("SELECT count(*) FROM " + from).query(Long.class).single();
	}

	private static String number(Statement statement, String sql) throws SQLException {
		try (ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private interface Meanwhile {

		void happens(Connection connection) throws SQLException;

	}

}
