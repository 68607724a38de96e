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
import io.keysteward.notice.mail.SmtpStub;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * Two registers of keys, three runs that have seen them, owners who have been told of
 * some: the next run disables those, warns of others, and has something of everything to
 * report. It is made once and put back for each attempt.
 */
final class Company {

	static final String RUN = "tonight";

	final Register register;

	final Instant asOf = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private final Path directory;

	private final CompanyFixture content;

	private final TestDatabase governanceBefore;

	private final TestDatabase keysBefore;

	private SmtpStub mail = stub();

	private int logs;

	private static int busy;

	Company(Path directory, int keys) {
		this.directory = directory;
		this.register = new Register(directory);
		settings();
		this.content = new CompanyFixture(this.register, this.asOf);
		this.content.fill(keys);
		List.of(21, 12, 3).forEach(this::see);
		this.content.change();
		this.register.set("java.io.tmpdir", temporary().toString());
		this.governanceBefore = this.register.governanceDatabase().keptCopy();
		this.keysBefore = this.register.keysDatabase().keptCopy();
	}

	/**
	 * Everything is as it was before the run, and the mail server has forgotten all.
	 */
	void revert() throws IOException {
		this.register.governanceDatabase().becomeLike(this.governanceBefore);
		this.register.keysDatabase().becomeLike(this.keysBefore);
		FileSystemUtils.deleteRecursively(this.register.reports());
		FileSystemUtils.deleteRecursively(temporary());
		Files.createDirectories(temporary());
		this.mail.close();
		this.mail = stub();
		this.register.mail(this.mail.port());
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
		if (CampaignSize.FULL) {
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
		throw new AssertionError(CampaignSize.seeded("The lock is not freed. " + output()));
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
			.set("keysteward.notices.max-owners", "10000")
			.set("keysteward.notices.max-percent", "100")
			.set("keysteward.mail.warn-owners", "true");
	}

	/** A run of the past. */
	private void see(int daysAgo) {
		Instant then = this.asOf.minus(Duration.ofDays(daysAgo));
		this.content.use(then);
		int exit = this.register.execute("run", "--run-key=before-" + daysAgo, "--as-of=" + then);
		if (exit != 0) {
			throw new AssertionError(exit + ": " + this.register.err());
		}
		this.content.seen();
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
