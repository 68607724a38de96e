package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.DeniedColumns;
import io.keysteward.KeystewardApplication;
import io.keysteward.TestDatabase;
import io.keysteward.notice.mail.SmtpStub;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is killed at each point around a change, and what the next start makes
 * of it: no key is disabled twice, none is left without outcome, no mail that was
 * recorded as sent goes out again.
 */
class KilledTests {

	private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(\\S+)");

	private final Path directory;

	private final ArmedRegister armed;

	KilledTests(@TempDir Path directory) {
		this.directory = directory;
		this.armed = new ArmedRegister(directory);
	}

	/** Where the process stands when it is killed; the second of three keys. */
	private enum Point {

		INTENT("BEFORE UPDATE ON keysteward.key_action FOR EACH ROW"
				+ " WHEN (OLD.intended_at IS NULL AND NEW.intended_at IS NOT NULL AND NEW.key_id = 'dead-2')"),

		CHANGE("BEFORE UPDATE ON api_key FOR EACH ROW WHEN (NEW.status = 'disabled' AND NEW.id = 'dead-2')"),

		UNDO("BEFORE UPDATE ON keysteward.key_action FOR EACH ROW"
				+ " WHEN (OLD.undo IS NULL AND NEW.undo IS NOT NULL AND NEW.key_id = 'dead-2')"),

		/** Would wait for the commit, and is not let. */
		DEFERRED("AFTER UPDATE ON api_key DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
				+ " WHEN (NEW.status = 'disabled' AND NEW.id = 'dead-2')"),

		OUTCOME("BEFORE UPDATE ON keysteward.key_action FOR EACH ROW"
				+ " WHEN (OLD.outcome IS NULL AND NEW.outcome IS NOT NULL AND NEW.key_id = 'dead-2')"),

		MAIL_RECORDED("BEFORE UPDATE ON keysteward.notice FOR EACH ROW"
				+ " WHEN (NEW.status = 'SENT' AND NEW.kind = 'DISABLED')");

		private final String trigger;

		Point(String trigger) {
			this.trigger = trigger;
		}

	}

	@ParameterizedTest(name = "{0}, the server finishes what was asked of it: {1}")
	@CsvSource({ "INTENT, false, DISABLED", "CHANGE, false, DISABLED", "UNDO, false, DISABLED", "UNDO, true, DISABLED",
			"DEFERRED, false, DISABLED", "DEFERRED, true, DISABLED", "OUTCOME, false, DISABLED",
			"OUTCOME, true, DISABLED", "MAIL_RECORDED, false, DISABLED" })
	void whatAKilledProcessLeftIsSettledOnceByWhatTheSourceSays(Point point, boolean serverFinishes, String outcome)
			throws Exception {
		try (SmtpStub mail = new SmtpStub(null)) {
			prepare(mail);
			killed(point.trigger, serverFinishes);
			finish();
			assertThat(this.armed.actions()).containsExactly("dead-1 DUE DISABLED", "dead-2 DUE " + outcome,
					"dead-3 DUE DISABLED");
			assertThat(this.armed.status("dead-2")).isEqualTo(outcome.equals("DISABLED") ? "disabled" : "active");
			assertThat(this.armed.register.keys().sql("SELECT id FROM switched").query(String.class).list())
				.doesNotHaveDuplicates()
				.hasSize(outcome.equals("DISABLED") ? 3 : 2);
			Map<String, Integer> mails = mails(mail);
			assertThat(mails).hasSize(2); // To the owner, and the report.
			if (point != Point.MAIL_RECORDED) {
				assertThat(mails.values()).containsOnly(1);
			}
			assertThat(this.armed.register.governance()
				.sql("SELECT count(*) FROM keysteward.notice JOIN keysteward.run USING (run_id)"
						+ " WHERE run_key = 'tonight' AND notice.status = 'SENT' AND kind IN ('DISABLED', 'REPORT')")
				.query(Long.class)
				.single()).isEqualTo(2);
			assertThat(this.armed.run("--disable")).isEqualTo(5);
			assertThat(mails(mail)).isEqualTo(mails);
		}
	}

	/** Where a process stands that switches on a key which was tried within its trial. */
	private enum RestorePoint {

		INTENT("BEFORE INSERT ON keysteward.key_action FOR EACH ROW WHEN (NEW.action = 'RESTORE')"),

		CHANGE("BEFORE UPDATE ON api_key FOR EACH ROW WHEN (OLD.status = 'disabled' AND NEW.status = 'active')"),

		DEFERRED("AFTER UPDATE ON api_key DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
				+ " WHEN (OLD.status = 'disabled' AND NEW.status = 'active')"),

		OUTCOME("BEFORE UPDATE ON keysteward.key_action FOR EACH ROW"
				+ " WHEN (NEW.action = 'RESTORE' AND OLD.outcome IS NULL AND NEW.outcome IS NOT NULL)");

		private final String trigger;

		RestorePoint(String trigger) {
			this.trigger = trigger;
		}

	}

	@ParameterizedTest(name = "{0}, the server finishes what was asked of it: {1}")
	@CsvSource({ "INTENT, false", "INTENT, true", "CHANGE, false", "DEFERRED, true", "OUTCOME, false" })
	void aKeyThatWasTriedIsOnAfterTheNextStartAndItsOwnerIsToldOnce(RestorePoint point, boolean serverFinishes)
			throws Exception {
		try (SmtpStub mail = new SmtpStub(null)) {
			DeniedColumns.add(this.armed.register, this.directory);
			this.armed.register.set("keysteward.disable.trial", "24h");
			for (int key = 3; key < 9; key++) {
				this.armed.register.key("alive-" + key, this.armed.ago(400), this.armed.ago(60));
			}
			prepare(mail);
			assertThat(this.armed.register.execute("run", "--run-key=before", "--disable"))
				.as(this.armed.register.err())
				.isZero();
			twoHoursPass();
			DeniedColumns.deny(this.armed.register.keys(), "dead-2", Instant.now().minus(Duration.ofHours(1)));
			killed(point.trigger, serverFinishes);
			// What was intended and not begun is not tried again by the same run.
			boolean left = point == RestorePoint.INTENT && serverFinishes;
			assertThat(finished()).as(this.armed.register.err()).isEqualTo(left ? 6 : 0);
			assertThat(this.armed.status("dead-2")).isEqualTo(left ? "disabled" : "active");
			assertThat(this.armed.register.err()).doesNotContain(".;");
			assertThat(this.armed.register.execute("run", "--run-key=later", "--disable")).as(this.armed.register.err())
				.isZero();
			assertThat(this.armed.status("dead-2")).isEqualTo("active");
			assertThat(this.armed.status("dead-1")).isEqualTo("disabled");
			assertThat(restores())
				.isEqualTo(left ? List.of("dead-2 FAILED", "dead-2 RESTORED") : List.of("dead-2 RESTORED"));
			assertThat(mail.messages().stream().filter((message) -> message.contains(".restored.")).count())
				.as("mails to the owner")
				.isEqualTo(1);
		}
	}

	/** What was done is kept from changes, and not from the superuser of a test. */
	private void twoHoursPass() {
		this.armed.register.governance()
			.sql("""
					SET session_replication_role = replica;
					UPDATE keysteward.key_action SET intended_at = intended_at - interval '2 hours', done_at = done_at - interval '2 hours'
					WHERE done_at IS NOT NULL;
					RESET session_replication_role
					""")
			.update();
	}

	private List<String> restores() {
		return this.armed.register.governance()
			.sql("SELECT key_id || ' ' || coalesce(outcome, '') FROM keysteward.key_action WHERE action = 'RESTORE' ORDER BY action_id")
			.query(String.class)
			.list();
	}

	private void killed(String trigger, boolean serverFinishes) throws Exception {
		TestDatabase database = trigger.contains(" api_key ") ? this.armed.register.keysDatabase()
				: this.armed.register.governanceDatabase();
		try (PauseSignal stop = new PauseSignal(database, trigger)) {
			Process process = start();
			try {
				stop.await();
			}
			finally {
				process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
			}
			if (!serverFinishes) {
				stop.endSessions();
			}
		}
	}

	private void prepare(SmtpStub mail) {
		this.armed.register.set("keysteward.disable.max-percent", "100");
		this.armed.dead("dead-1").dead("dead-2").dead("dead-3");
		this.armed.watched().warnedTwice("dead-1").warnedTwice("dead-2").warnedTwice("dead-3");
		this.armed.register.mail(mail.port());
		this.armed.noteSwitches();
	}

	private Process start() throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx300m",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
		this.armed.register.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of(KeystewardApplication.class.getName(), "run", "--run-key=tonight", "--disable"));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("process.log").toFile())
			.start();
	}

	private void finish() throws InterruptedException {
		assertThat(finished()).as(this.armed.register.err()).isZero();
	}

	/**
	 * The database may need a moment to notice that the one who held the lock is gone.
	 */
	private int finished() throws InterruptedException {
		int exit = this.armed.run("--disable");
		for (int again = 0; exit == 4 && again < 50; again++) {
			Thread.sleep(100);
			exit = this.armed.run("--disable");
		}
		return exit;
	}

	private static Map<String, Integer> mails(SmtpStub mail) {
		Map<String, Integer> mails = new TreeMap<>();
		for (String message : mail.messages()) {
			Matcher matcher = MESSAGE_ID.matcher(message);
			assertThat(matcher.find()).isTrue();
			mails.merge(matcher.group(1), 1, Integer::sum);
		}
		return mails;
	}

}
