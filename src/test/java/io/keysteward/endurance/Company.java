package io.keysteward.endurance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.notice.SmtpStub;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * Two registers of keys, three runs that have seen them, owners who have been told of
 * some: the next run disables those, warns of others, and has something of everything to
 * report. It is made once and put back for each attempt.
 */
final class Company {

	static final String RUN = "tonight";

	private static final int TOLD = 4;

	private static final String SWITCHED = """
			CREATE TABLE public.switched (id text);
			GRANT INSERT ON public.switched TO PUBLIC;
			CREATE FUNCTION public.switched() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN INSERT INTO public.switched VALUES (NEW.id); RETURN NULL; END $$
			""";

	private static final String ON_SWITCH = """
			CREATE TRIGGER switched AFTER UPDATE OF status ON api_key FOR EACH ROW
			WHEN (NEW.status = 'disabled') EXECUTE FUNCTION public.switched()
			""";

	/**
	 * Every tenth key is idle, unnamed or an orphan; of the others nothing is to be said.
	 */
	private static final String KEYS = """
			INSERT INTO project (id, name, deleted_at)
			SELECT 'p-' || n, 'Project ' || n, CASE WHEN n = 9 THEN now() - interval '60 d' END
			FROM generate_series(0, 9) n;
			INSERT INTO account (id, name, email)
			SELECT 'u-' || n, 'Owner ' || n, 'owner-' || n || '@example.com' FROM generate_series(0, 5) n;
			INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at, kind)
			SELECT '%1$s-' || lpad(n::text, 6, '0'), CASE WHEN n %% 10 = 1 THEN 'test' ELSE 'service ' || n END,
			       'sk-a****9xQ2', 'p-' || CASE WHEN n %% 10 = 2 THEN 9 ELSE n %% 9 END, 'u-' || n / 10 %% 6,
			       '%2$s'::timestamptz - interval '300 d',
			       '%2$s'::timestamptz - CASE WHEN n %% 10 = 0 THEN interval '200 d' ELSE interval '22 d' END,
			       CASE WHEN n %% 50 = 3 THEN 'odd' ELSE 'personal' END
			FROM generate_series(1, %3$d) n;
			INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
			SELECT '%1$s-dead-' || n, 'forgotten ' || n, 'sk-a****9xQ2', 'p-1', 'u-' || n %% 2,
			       '%2$s'::timestamptz - interval '300 d', '%2$s'::timestamptz - interval '200 d'
			FROM generate_series(1, %4$d) n
			""";

	/** What has happened since the last run. */
	private static final String CHANGES = """
			UPDATE api_key SET last_used_at = '%2$s'::timestamptz - interval '10 min'
			WHERE id LIKE '%%0010' OR id LIKE '%%0007';
			UPDATE api_key SET name = 'named ' || id WHERE id LIKE '%%0011' OR id LIKE '%%0021';
			DELETE FROM api_key WHERE id LIKE '%%0020';
			UPDATE api_key SET created_at = '%2$s'::timestamptz + interval '1 d' WHERE id LIKE '%%0005';
			INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at)
			SELECT '%1$s-new-' || n, 'test', 'sk-a****9xQ2', 'p-1', 'u-1', '%2$s'::timestamptz - interval '1 d'
			FROM generate_series(1, 20) n
			""";

	private static final String NOTICES = """
			WITH told AS (
			  INSERT INTO keysteward.notice (run_id, kind, recipient, message_id, status, sent_at)
			  SELECT min(run_id), k.kind, 'owner@example.com', '<told.' || k.kind || '@example.com>', 'SENT',
			         :asOf::timestamptz - k.ago
			  FROM keysteward.run, (VALUES ('WARNING', interval '20 d'), ('FINAL', interval '8 d')) AS k (kind, ago)
			  GROUP BY k.kind, k.ago
			  RETURNING notice_id)
			INSERT INTO keysteward.notice_key (notice_id, source, key_id, contact)
			SELECT notice_id, source, key_id,
			       keysteward.key_contact(owner_id, owner_email, owner_state, project_id)
			FROM told, keysteward.key_snapshot
			WHERE key_id LIKE '%-dead-%' AND run_id = (SELECT max(run_id) FROM keysteward.run)
			""";

	final Register register;

	final Instant asOf = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private final Path directory;

	private final TestDatabase payments;

	private SmtpStub mail = stub();

	private int logs;

	private static int busy;

	Company(Path directory, int keys) {
		this.directory = directory;
		this.register = new Register(directory);
		this.payments = second(this.register.keysDatabase());
		this.register.source(1, "payments", in("payments", this.register.keysDatabase().as("keysteward_disabler")));
		settings();
		this.register.keys().sql(SWITCHED).update();
		for (TestDatabase source : List.of(this.register.keysDatabase(), this.payments)) {
			sql(source, ON_SWITCH);
			sql(source, KEYS.formatted(prefix(source), this.asOf, keys, TOLD));
		}
		List.of(21, 12, 3).forEach(this::see);
		for (TestDatabase source : List.of(this.register.keysDatabase(), this.payments)) {
			sql(source, CHANGES.formatted(prefix(source), this.asOf));
		}
		this.register.governance().sql(NOTICES).param("asOf", this.asOf.toString()).update();
		this.register.set("spring.mail.host", "localhost").set("java.io.tmpdir", temporary().toString());
		this.register.governanceDatabase().keep();
		this.register.keysDatabase().keep();
	}

	/**
	 * Everything is as it was before the run, and the mail server has forgotten all.
	 */
	void revert() throws IOException {
		this.register.governanceDatabase().revert();
		this.register.keysDatabase().revert();
		FileSystemUtils.deleteRecursively(this.register.reports());
		FileSystemUtils.deleteRecursively(temporary());
		Files.createDirectories(temporary());
		this.mail.close();
		this.mail = stub();
		this.register.set("spring.mail.port", String.valueOf(this.mail.port()));
		this.logs++;
	}

	RealProcess start(String runKey) throws IOException {
		return RealProcess.start(this.register.properties(), log(), command(runKey));
	}

	RealProcess start() throws IOException {
		return start(RUN);
	}

	/**
	 * {@return the exit code of a start after one that was disturbed; the short form has
	 * no process for it, since that costs seconds}
	 */
	int startAgain(String runKey) throws Exception {
		if (Form.FULL) {
			try (RealProcess process = start(runKey)) {
				return process.exit();
			}
		}
		int exit = this.register.execute(command(runKey));
		Files.writeString(log(), "started in this process: exit " + exit + " " + this.register.err(),
				StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		return exit;
	}

	/**
	 * Starts again until the database has noticed that the one who held the lock is gone.
	 */
	int startAgainOnceFree(String runKey) throws Exception {
		for (Instant end = Instant.now().plusSeconds(30); Instant.now().isBefore(end); busy++) {
			int exit = startAgain(runKey);
			if (exit != 4) {
				return exit;
			}
			Thread.sleep(100);
		}
		throw new AssertionError(Form.seeded("The lock is not freed. " + output()));
	}

	/**
	 * {@return how often a start came too early}
	 */
	static int busy() {
		return busy;
	}

	private String[] command(String runKey) {
		return new String[] { "run", "--run-key=" + runKey, "--as-of=" + this.asOf, "--disable" };
	}

	/**
	 * {@return what all processes of this attempt have said}
	 */
	String output() {
		return Files.exists(log()) ? Register.read(log()) : "";
	}

	private Path log() {
		return this.directory.resolve("attempt-" + this.logs + ".log");
	}

	JdbcClient governance() {
		return this.register.governance();
	}

	SmtpStub mail() {
		return this.mail;
	}

	Path reports() {
		return this.register.reports();
	}

	/**
	 * {@return where processes put temporary files}
	 */
	Path temporary() {
		return this.directory.resolve("tmp");
	}

	private void settings() {
		this.register.set("keysteward.disable.armed", "true")
			.set("keysteward.disable.max-keys", "20")
			.set("keysteward.disable.max-percent", "50")
			.set("keysteward.policy.projects.max-keys", "50000")
			.set("keysteward.mail.warn-owners", "true")
			.set("keysteward.mail.from", "keysteward@example.com")
			.set("keysteward.mail.to[0]", "security@example.com")
			.set("spring.mail.properties.[mail.smtp.starttls.enable]", "false")
			.set("spring.mail.properties.[mail.smtp.starttls.required]", "false");
	}

	/** A run of the past, in which some keys had just been used. */
	private void see(int daysAgo) {
		Instant then = this.asOf.minus(Duration.ofDays(daysAgo));
		for (TestDatabase source : List.of(this.register.keysDatabase(), this.payments)) {
			source.jdbc()
				.sql("UPDATE api_key SET last_used_at = :at::timestamptz WHERE id LIKE '%0007'")
				.param("at", then.minus(Duration.ofMinutes(10)).toString())
				.update();
		}
		int exit = this.register.execute("run", "--run-key=before-" + daysAgo, "--as-of=" + then);
		if (exit != 0) {
			throw new AssertionError(exit + ": " + this.register.err());
		}
	}

	/** A second register beside the first, in a schema of its own. */
	private static TestDatabase second(TestDatabase database) {
		database.jdbc().sql("CREATE SCHEMA payments; GRANT USAGE ON SCHEMA payments TO PUBLIC").update();
		TestDatabase payments = in("payments", database);
		Register.create(payments);
		return payments;
	}

	private static TestDatabase in(String schema, TestDatabase database) {
		String url = database.url();
		return new TestDatabase(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema, database.username(),
				database.password());
	}

	private static String prefix(TestDatabase source) {
		return source.url().contains("payments") ? "pay" : "con";
	}

	private static void sql(TestDatabase database, String sql) {
		database.jdbc().sql(sql).update();
	}

	private static SmtpStub stub() {
		try {
			return new SmtpStub(null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
