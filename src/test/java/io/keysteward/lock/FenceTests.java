package io.keysteward.lock;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.cli.KeystewardCli;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whoever has lost the lock writes nothing any more, whether or not somebody else has
 * taken it.
 */
class FenceTests {

	private static final String EVERYTHING = """
			SELECT md5(concat_ws('|', (SELECT string_agg(r::text, ',' ORDER BY run_id) FROM keysteward.run r),
			  (SELECT string_agg(s::text, ',' ORDER BY run_id, source) FROM keysteward.run_source s),
			  (SELECT string_agg(k::text, ',' ORDER BY run_id, key_id) FROM keysteward.key_snapshot k),
			  (SELECT string_agg(f::text, ',' ORDER BY key_id, rule) FROM keysteward.finding f),
			  (SELECT string_agg(a::text, ',' ORDER BY action_id) FROM keysteward.key_action a),
			  (SELECT string_agg(n::text, ',' ORDER BY notice_id) FROM keysteward.notice n),
			  (SELECT string_agg(e::text, ',' ORDER BY job_execution_id) FROM keysteward.batch_job_execution e)))
			""";

	private final Register register;

	private final StringWriter err = new StringWriter();

	FenceTests(@TempDir Path directory) {
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-07-01T00:00:00Z");
	}

	@Test
	void aRunThatHasLostItsLockWritesNothingMoreAndTheNextStartContinues() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			CompletableFuture<Integer> run = startAndLoseTheLock(silent);
			String before = everything();
			end(silent);
			assertThat(run.get()).isEqualTo(1);
			assertThat(this.err.toString()).contains("lock was lost").hasLineCount(1);
			assertThat(everything()).isEqualTo(before);
		}
		this.register.set("spring.mail.host", "");
		assertThat(this.register.execute("run", "--as-of=2026-11-01")).as(this.register.err()).isZero();
	}

	@Test
	void aRunWhoseLockAnotherHasTakenWritesNothingMore() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			CompletableFuture<Integer> run = startAndLoseTheLock(silent);
			this.register.set("spring.mail.host", "");
			assertThat(this.register.execute("run", "--as-of=2026-11-02")).as(this.register.err()).isZero();
			String before = everything();
			end(silent);
			assertThat(run.get()).isEqualTo(4);
			assertThat(this.err.toString()).contains("another run has begun").hasLineCount(1);
			assertThat(everything()).isEqualTo(before);
		}
	}

	@Test
	void whatWasBegunUnderAnEarlierTokenIsWaitedFor() throws SQLException {
		TestDatabase database = this.register.governanceDatabase();
		Connection first = database.dataSource().getConnection();
		try (Connection writer = database.dataSource().getConnection();
				Connection second = database.dataSource().getConnection()) {
			take(first);
			writer.setAutoCommit(false);
			execute(writer,
					"SELECT set_config('keysteward.tokens', (SELECT max(token)::text FROM keysteward.lock_holder), false)");
			execute(writer, "UPDATE keysteward.run SET fault = 'x'");
			first.close();
			Awaitility.await()
				.until(() -> database.jdbc()
					.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'" + " AND mode = 'ExclusiveLock'")
					.query(Long.class)
					.single() == 0);
			execute(second, "SET lock_timeout = '300ms'");
			assertThatThrownBy(() -> take(second)).hasMessageContaining("lock timeout");
			writer.commit();
			take(second);
			assertThatThrownBy(() -> execute(writer, "UPDATE keysteward.run SET fault = 'x'"))
				.isInstanceOfSatisfying(SQLException.class, (ex) -> assertThat(ex.getSQLState()).isEqualTo("KS004"));
		}
	}

	/** Whoever may connect may take any advisory lock. */
	@Test
	void whoMayOnlyConnectKeepsNoRunFromStartingAndNoWriteWaiting() throws SQLException {
		TestDatabase database = this.register.governanceDatabase();
		try (Connection outsider = database.as("keysteward_landing").dataSource().getConnection()) {
			for (long lock : List.of(RunLocks.RUN, RunLocks.RUN + 1, RunLocks.RUN + 16, RunLocks.RUN + 17)) {
				execute(outsider, "SELECT pg_advisory_lock(" + lock + ")");
			}
			assertThat(this.register.execute("run", "--as-of=2026-11-01")).as(this.register.err()).isZero();
			execute(outsider,
					"SELECT pg_advisory_lock(session_lock) FROM (SELECT "
							+ one("SELECT session_lock FROM keysteward.lock_holder WHERE lock_key = " + RunLocks.RUN)
							+ " AS session_lock) l");
			assertThat(this.register.execute("run", "--as-of=2026-11-02")).as(this.register.err()).isZero();
			assertThatThrownBy(() -> execute(outsider, "SELECT keysteward.take_lock(" + RunLocks.RUN + ")"))
				.hasMessageContaining("permission denied for schema keysteward");
		}
	}

	@Test
	void noTableIsForgotten() {
		List<String> open = this.register.governance().sql("""
				SELECT c.relname FROM pg_class c
				WHERE c.relnamespace = 'keysteward'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
				  AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'require_lock')
				""").query(String.class).list();
		assertThat(open).containsExactlyInAnyOrder("lock_holder", "flyway_schema_history");
	}

	/**
	 * A run that waits for the mail server, with all its work stored, and whose lock's
	 * session has ended.
	 */
	private CompletableFuture<Integer> startAndLoseTheLock(ServerSocket silent) {
		this.register.mail(silent.getLocalPort());
		Map<String, String> properties = new HashMap<>(this.register.properties());
		CompletableFuture<Integer> run = CompletableFuture
			.supplyAsync(() -> new KeystewardCli(properties, new PrintWriter(new StringWriter()),
					new PrintWriter(this.err, true))
				.execute("run", "--as-of=2026-11-01"));
		Awaitility.await()
			.atMost(Duration.ofSeconds(90))
			.until(() -> one("SELECT count(*) FROM keysteward.notice WHERE status = 'SENDING'") == 1);
		one("SELECT count(pg_terminate_backend(pid)) FROM keysteward.lock_holder WHERE lock_key = " + RunLocks.RUN);
		Awaitility.await()
			.until(() -> one("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
					+ " AND pid IN (SELECT pid FROM keysteward.lock_holder)") == 0);
		return run;
	}

	/** The server hangs up on whoever still waits. */
	private static void end(ServerSocket silent) throws Exception {
		try (Socket waiting = silent.accept()) {
			waiting.setSoLinger(true, 0);
		}
	}

	private static void take(Connection session) throws SQLException {
		execute(session, "SELECT keysteward.take_lock(" + RunLocks.RUN + ")");
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private String everything() {
		return this.register.governance().sql(EVERYTHING).query(String.class).single();
	}

	private long one(String sql) {
		return this.register.governance().sql(sql).query(Long.class).single();
	}

}
