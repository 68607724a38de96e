package io.keysteward.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import io.keysteward.Register;
import io.keysteward.notice.mail.SmtpStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a dead process has left is cleared up by the next run, which says so in a line;
 * what somebody else may need is not touched.
 */
@ExtendWith(OutputCaptureExtension.class)
class LeftBehindTests {

	private static final String MAIL = "<keysteward.2026-11-01.report.786906db96ef6469@example.com>";

	private final Register register;

	LeftBehindTests(@TempDir Path directory) {
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-07-01T00:00:00Z");
	}

	@Test
	void whatAReadingHasLeftThatDidNotEndDoesNotCountAndIsDeletedByTheNextOne() {
		assertThat(run(1)).as(this.register.err()).isZero();
		String keys = "SELECT string_agg(key_id || reading, ' ' ORDER BY key_id) FROM keysteward.key_record_now";
		assertThat(text(keys)).isEqualTo("dead1");
		this.register.governance()
			.sql("""
					INSERT INTO keysteward.key_record_now
					SELECT (jsonb_populate_record(k, '{"key_id": "half", "reading": 7}')).* FROM keysteward.key_record_now k;
					UPDATE keysteward.run_source SET begun = 7
					""")
			.update();
		assertThat(text("SELECT count(*) FROM keysteward.key_snapshot")).isEqualTo("1");
		assertThat(run(2)).as(this.register.err()).isZero();
		assertThat(text(keys)).isEqualTo("dead1");
		assertThat(text("SELECT count(begun) FROM keysteward.run_source")).isEqualTo("0");
	}

	/**
	 * One more key than was read, or one less, is told by the night after it and
	 * repaired.
	 */
	@Test
	void rowsThatSomethingElseHasDeletedOrAddedAreWrittenAnew(CapturedOutput output) {
		this.register.key("busy", "2025-12-01", "2026-10-31T00:00:00Z");
		assertThat(run(1)).as(this.register.err()).isZero();
		this.register.governance().sql("DELETE FROM keysteward.key_record_now WHERE key_id = 'dead'").update();
		assertThat(run(2)).as(this.register.err()).isZero();
		this.register.governance()
			.sql("""
					INSERT INTO keysteward.key_record_now
					SELECT (jsonb_populate_record(k, '{"key_id": "added", "key_no": 4711}')).* FROM keysteward.key_record_now k
					WHERE key_id = 'busy'
					""")
			.update();
		assertThat(run(3)).as(this.register.err()).isZero();
		assertThat(text("SELECT string_agg(key_id, ' ' ORDER BY key_id) FROM keysteward.key_record_now"))
			.isEqualTo("busy dead");
		assertThat(output).contains("source console: 1 key stored, and 2 expected: something else has written to"
				+ " key_record_now; each key is written anew", "source console: 3 keys stored, and 2 expected");
	}

	@Test
	void aWorkbookThatADeadProcessHasBegunIsRemoved(CapturedOutput output) throws IOException {
		Path workbook = draft(".keysteward-2026-10-31.xlsx.0a1b2c3d.part", 2);
		Path inventory = draft(".keysteward-2026-10-31-all-keys.csv.0a1b2c3d.part", 2);
		assertThat(run(1)).as(this.register.err()).isZero();
		assertThat(workbook).doesNotExist();
		assertThat(inventory).doesNotExist();
		assertThat(output).containsOnlyOnce(workbook + " was left by a process that died")
			.containsOnlyOnce(inventory + " was left by a process that died");
	}

	@Test
	void whatTheRunItselfLeftIsRemovedAtOnce(CapturedOutput output) throws IOException {
		Path workbook = draft(".keysteward-2026-11-01.xlsx.0a1b2c3d.part", 0);
		Path json = draft(".keysteward-2026-11-01.json.0a1b2c3d.part", 0);
		assertThat(run(1)).as(this.register.err()).isZero();
		assertThat(workbook).doesNotExist();
		assertThat(json).doesNotExist();
		assertThat(output).containsOnlyOnce(workbook + " was left by a process that died");
	}

	@Test
	void aFileThatSomebodyMayStillWriteOrThatIsNotOursIsNotTouched() throws IOException {
		Path living = draft(".keysteward-2026-10-31.xlsx.0a1b2c3d.part", 0);
		Path workbook = draft("keysteward-2026-10-31.xlsx", 2);
		Path other = draft(".budget.xlsx.0a1b2c3d.part", 2);
		Path link = this.register.reports().resolve(".keysteward-link.xlsx.0a1b2c3d.part");
		Files.createSymbolicLink(link, other);
		assertThat(run(1)).as(this.register.err()).isZero();
		assertThat(living).exists();
		assertThat(workbook).exists();
		assertThat(other).exists();
		assertThat(link).isSymbolicLink();
	}

	@Test
	void aMailThatWasBeingSentIsSentAgainWithItsId(CapturedOutput output) throws IOException {
		this.register.mail(1);
		assertThat(run(1)).isEqualTo(1);
		wasBeingSent();
		try (SmtpStub server = new SmtpStub(null)) {
			this.register.mail(server.port());
			assertThat(run(1)).as(this.register.err()).isZero();
			assertThat(server.messages()).singleElement().asString().contains("Message-ID: " + MAIL);
		}
		assertThat(notice()).isEqualTo("SENT");
		assertThat(output).containsOnlyOnce("mail " + MAIL + " was being sent when its process ended");
	}

	@Test
	void aMailOfARunThatWillNotBeContinuedIsRecordedAsNotSent(CapturedOutput output) throws IOException {
		this.register.mail(1);
		assertThat(run(1)).isEqualTo(1);
		wasBeingSent();
		try (SmtpStub server = new SmtpStub(null)) {
			this.register.mail(server.port());
			assertThat(run(2)).as(this.register.err()).isZero();
			assertThat(server.messages()).singleElement().asString().contains("2026-11-02").doesNotContain(MAIL);
		}
		assertThat(notice())
			.isEqualTo("FAILED Its run ended while it was being sent; whether it was taken is not known.");
		assertThat(output)
			.containsOnlyOnce("notice " + MAIL + " of run 2026-11-01: Its run ended while it was being sent");
	}

	@Test
	void aMailOfARunThatMayStillBeContinuedIsLeftToIt() {
		this.register.mail(1);
		assertThat(run(1)).isEqualTo(1);
		wasBeingSent();
		this.register.set("spring.mail.host", "");
		assertThat(this.register.execute("run", "--as-of=2026-11-02", "--source=console")).as(this.register.err())
			.isZero();
		assertThat(notice()).isEqualTo("SENDING");
	}

	@Test
	void anExecutionOfAnotherRunThatWasLeftIsClosed(CapturedOutput output) {
		assertThat(run(1)).as(this.register.err()).isZero();
		this.register.governance()
			.sql("UPDATE keysteward.batch_job_execution SET status = 'STARTED', end_time = NULL")
			.update();
		assertThat(run(2)).as(this.register.err()).isZero();
		assertThat(this.register.governance()
			.sql("SELECT count(*) FROM keysteward.batch_job_execution WHERE status = 'STARTED'")
			.query(Long.class)
			.single()).isZero();
		assertThat(output).containsOnlyOnce("run 2026-11-01: execution 1 was left unfinished by a process that died");
	}

	private int run(int day) {
		return this.register.execute("run", "--as-of=2026-11-0" + day);
	}

	private Path draft(String name, int hoursAgo) throws IOException {
		Path file = Files.createDirectories(this.register.reports()).resolve(name);
		Files.writeString(file, "half a workbook");
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(hoursAgo))));
		return file;
	}

	private void wasBeingSent() {
		this.register.governance()
			.sql("UPDATE keysteward.notice SET status = 'SENDING', detail = NULL WHERE kind = 'REPORT'")
			.update();
	}

	private String notice() {
		return this.register.governance()
			.sql("SELECT concat_ws(' ', status, detail) FROM keysteward.notice WHERE message_id = :id")
			.param("id", MAIL)
			.query(String.class)
			.single();
	}

	private String text(String sql) {
		return this.register.governance().sql(sql).query(String.class).single();
	}

}
