package io.keysteward.job;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.keysteward.Register;
import io.keysteward.lock.RunLocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.batch.core.job.DefaultJobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that was interrupted, and what its next start makes of what is left.
 */
class RestartTests {

	private final Register register;

	RestartTests(@TempDir Path directory) {
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-07-01T00:00:00Z");
	}

	@Test
	void whenTheMailServerWasDownTheNextStartOnlySendsAndSendsOnce() throws IOException {
		int port = freePort();
		this.register.mail(port);
		assertThat(run()).isEqualTo(1);
		assertThat(this.register.err()).contains("spring.mail.host").hasLineCount(1);
		Path workbook = this.register.reports().resolve("keysteward-2026-11-01.xlsx");
		byte[] written = Files.readAllBytes(workbook);
		GreenMail server = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
		server.start();
		try {
			assertThat(run()).isZero();
			assertThat(run()).isEqualTo(5);
			assertThat(server.getReceivedMessages()).hasSize(1);
		}
		finally {
			server.stop();
		}
		assertThat(Files.readAllBytes(workbook)).isEqualTo(written);
		assertThat(one("SELECT count(*) FROM keysteward.notice WHERE kind = 'REPORT' AND status = 'SENT'"))
			.isEqualTo(1);
	}

	@Test
	void aSourceThatWasReadNeedNotAnswerAgain() throws IOException {
		this.register.mail(freePort());
		assertThat(run()).isEqualTo(1);
		this.register.keys().sql("DROP TABLE project").update();
		this.register.set("spring.mail.host", "");
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isZero();
		assertThat(one("SELECT count(*) FROM keysteward.run_source WHERE status = 'READ'")).isEqualTo(1);
	}

	/** As after an upgrade, or a pause longer than keysteward.inventory.keep. */
	@Test
	void aRunOfWhichNothingIsKeptAnyMoreReadsItAgain() throws IOException {
		assertThat(run()).as(this.register.err()).isZero();
		this.register.mail(freePort());
		assertThat(this.register.execute("run", "--as-of=2026-11-02")).isEqualTo(1);
		this.register.governance().sql("""
				UPDATE keysteward.run SET has_inventory = false WHERE run_id = 2;
				UPDATE keysteward.run_source SET reading = NULL WHERE run_id = 2
				""").update();
		this.register.set("spring.mail.host", "");
		assertThat(this.register.execute("run", "--run-key=2026-11-02")).as(this.register.err()).isZero();
		assertThat(one("SELECT count(*) FROM keysteward.key_snapshot WHERE run_id = 2")).isEqualTo(1);
		assertThat(one("SELECT count(*) FROM keysteward.finding WHERE status = 'OPEN' AND first_seen_run = 1"))
			.isEqualTo(1);
		assertThat(this.register.execute("report", "--run-key=2026-11-02",
				"--output=" + this.register.reports().resolve("again.xlsx")))
			.as(this.register.err())
			.isZero();
	}

	@Test
	void whileARunIsUnderWayAnotherIsRefused() throws SQLException {
		try (Connection other = this.register.governanceDatabase().dataSource().getConnection();
				Statement statement = other.createStatement()) {
			statement.execute("SELECT keysteward.take_lock(" + RunLocks.RUN + ")");
			assertThat(run()).isEqualTo(4);
			assertThat(this.register.err()).contains("another run is under way").hasLineCount(1);
		}
		assertThat(run()).isZero();
	}

	@ParameterizedTest(name = "the job is {0}, a step {1}")
	@CsvSource({ "STARTED, STARTED", "STOPPED, STARTED", "UNKNOWN, UNKNOWN" })
	void aRunWhoseStepHasNoEndThatSpringBatchKnowsOfIsContinued(String job, String step) throws IOException {
		this.register.mail(freePort());
		assertThat(run()).isEqualTo(1);
		this.register.governance()
			.sql("""
					UPDATE keysteward.batch_job_execution
						SET status = '%1$s', exit_code = 'UNKNOWN', end_time = CASE '%1$s' WHEN 'STARTED' THEN NULL ELSE end_time END;
					UPDATE keysteward.batch_step_execution SET status = '%2$s', end_time = NULL
					WHERE step_name IN ('takeInventory', 'sourceInventory:console');
					UPDATE keysteward.run SET status = 'RUNNING', totals = NULL;
					UPDATE keysteward.run_source SET status = 'PENDING'
					"""
				.formatted(job, step))
			.update();
		this.register.set("spring.mail.host", "");
		assertThat(run()).as(this.register.err()).isZero();
		assertThat(one("SELECT count(*) FROM keysteward.key_snapshot")).isEqualTo(1);
		assertThat(one("SELECT count(*) FROM keysteward.finding_event")).isEqualTo(1);
		assertThat(one("SELECT count(*) FROM keysteward.batch_job_execution WHERE status = 'STARTED'")).isZero();
		assertThat(one("SELECT count(*) FROM keysteward.batch_step_execution WHERE status IN ('STARTED', 'UNKNOWN')"))
			.isZero();
	}

	@Test
	void anInstanceWithoutExecutionIsRemoved() {
		String key = new DefaultJobKeyGenerator()
			.generateKey(new JobParametersBuilder().addString(RunJob.RUN_KEY, "2026-11-01").toJobParameters());
		this.register.governance()
			.sql("INSERT INTO keysteward.batch_job_instance (job_instance_id, version, job_name, job_key) VALUES (-1, 0, :name, :key)")
			.param("name", RunJob.NAME)
			.param("key", key)
			.update();
		assertThat(run()).as(this.register.err()).isZero();
	}

	@Test
	void aRunThatALaterOneHasOvertakenIsLeftAlone() throws IOException {
		this.register.mail(freePort());
		assertThat(run()).isEqualTo(1);
		this.register.set("spring.mail.host", "");
		assertThat(this.register.execute("run", "--as-of=2026-11-02")).isZero();
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isEqualTo(6);
		assertThat(this.register.err()).contains("run 2026-11-01 was overtaken by run 2026-11-02").hasLineCount(1);
	}

	/** It would plan as if its keys had no finding: a later run has seen them since. */
	@ParameterizedTest
	@CsvSource({ "2026-11-02, ''", "2026-11-01, ''", "2026-11-02, --project=p", "2026-11-02, --source=console" })
	void aRunThatALaterOneHasOvertakenIsLeftAloneWhetherThatOneIsCompleteOrNot(String asOf, String narrowed)
			throws IOException {
		this.register.mail(freePort());
		assertThat(run()).isEqualTo(1);
		String planned = planned();
		String[] later = ("run --run-key=later --as-of=" + asOf + " " + narrowed).strip().split(" ");
		assertThat(this.register.execute(later)).isEqualTo(1);
		this.register.set("spring.mail.host", "");
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isEqualTo(6);
		assertThat(this.register.err()).contains("run 2026-11-01 was overtaken by run later, as of ").hasLineCount(1);
		assertThat(planned()).isEqualTo(planned).contains("dead");
		assertThat(this.register.execute(later)).as(this.register.err()).isZero();
	}

	@Test
	void aRunIsContinuedAfterALaterOneThatHasFollowedNoFindings() throws IOException {
		this.register.mail(freePort());
		assertThat(run()).isEqualTo(1);
		this.register.governance().sql("""
				CREATE FUNCTION keysteward.no_turn() RETURNS trigger LANGUAGE plpgsql AS
				'BEGIN RAISE EXCEPTION ''no turn''; END';
				CREATE TRIGGER no_turn BEFORE UPDATE OF finding_turn ON keysteward.run_source
				FOR EACH ROW WHEN (NEW.finding_turn IS NOT NULL) EXECUTE FUNCTION keysteward.no_turn()
				""").update();
		assertThat(this.register.execute("run", "--as-of=2026-11-02")).isNotZero();
		this.register.governance().sql("DROP TRIGGER no_turn ON keysteward.run_source").update();
		this.register.set("spring.mail.host", "");
		assertThat(run()).as(this.register.err()).isZero();
	}

	private String planned() {
		return this.register.governance().sql("""
				SELECT string_agg(concat_ws(' ', key_id, closed_gates, due_at, detail), ';' ORDER BY key_id)
				FROM keysteward.actions_of((SELECT run_id FROM keysteward.run WHERE run_key = '2026-11-01'))
				""").query(String.class).single();
	}

	@Test
	void aRunIsContinuedOnlyWithTheOptionsItWasStartedWith() throws IOException {
		this.register.mail(freePort());
		assertThat(run()).isEqualTo(1);
		assertThat(this.register.execute("run", "--run-key=2026-11-01", "--as-of=2026-11-02")).isEqualTo(2);
		assertThat(this.register.err()).contains("--as-of: run 2026-11-01 was started with 2026-11-01T00:00:00Z")
			.hasLineCount(1);
	}

	@Test
	void underACorrectedPolicyTheWholeRunIsJudgedAgain() throws IOException {
		this.register.mail(freePort());
		assertThat(run()).isEqualTo(1);
		this.register.set("spring.mail.host", "").set("keysteward.policy.preset", "relaxed");
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isZero();
		assertThat(one("SELECT count(*) FROM keysteward.key_snapshot WHERE 'IDLE' = ANY (violations)")).isZero();
		assertThat(one("SELECT count(*) FROM keysteward.finding WHERE level = 'WARN' AND status = 'OPEN'"))
			.isEqualTo(1);
	}

	private int run() {
		return this.register.execute("run", "--as-of=2026-11-01");
	}

	private long one(String sql) {
		return this.register.governance().sql(sql).query(Long.class).single();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
