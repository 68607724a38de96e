package io.keysteward.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which reports are removed, and which never.
 */
@ExtendWith(OutputCaptureExtension.class)
class OldReportsTests {

	private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

	private final Register register;

	OldReportsTests(@TempDir Path directory) {
		this.register = new Register(directory).key("k-1", "2026-10-01", null).key("k-2", "2026-10-01", null);
	}

	@Test
	void whatIsOldGoesWithWhatLiesBesideItAndThatIsSaid(CapturedOutput output) throws IOException {
		this.register.set("keysteward.report.max-inventory-rows", "1").set("keysteward.report.inventory-csv", "true");
		night(1);
		night(2);
		ended(1, 401);
		ended(2, 399);
		night(3);
		assertThat(files()).containsExactly("keysteward-2026-11-02-all-keys.csv", "keysteward-2026-11-02.xlsx",
				"keysteward-2026-11-03-all-keys.csv", "keysteward-2026-11-03.xlsx");
		assertThat(output)
			.contains("run 2026-11-03: 1 report of more than 400 days ago removed (0 MB; keysteward.report.keep)");
		assertThat(this.register.governance()
			.sql("SELECT run_key FROM keysteward.run JOIN keysteward.run_report USING (run_id)"
					+ " WHERE path IS NULL AND sha256 IS NOT NULL")
			.query(String.class)
			.list()).containsExactly("2026-11-01");
		assertThat(this.register.execute("runs")).isZero();
	}

	@Test
	void everyFormatGoesAndOneThatWasEditedStays() throws IOException {
		this.register.set("keysteward.report.formats", "workbook,json");
		for (int day = 1; day <= 2; day++) {
			night(day);
		}
		Files.writeString(this.register.reports().resolve("keysteward-2026-11-02.json"), "{}");
		// What is not written any more is removed all the same.
		this.register.unset("keysteward.report.formats");
		ended(1, 401);
		ended(2, 401);
		night(3);
		assertThat(files()).containsExactly("keysteward-2026-11-02.json", "keysteward-2026-11-03.xlsx");
		assertThat(this.register.governance()
			.sql("SELECT format FROM keysteward.run_report JOIN keysteward.run USING (run_id)"
					+ " WHERE path IS NOT NULL AND run_key <> '2026-11-03'")
			.query(String.class)
			.list()).containsExactly("json");
	}

	@Test
	void whatKeystewardDidNotWriteStays(@TempDir Path elsewhere) throws IOException {
		for (int day = 1; day <= 4; day++) {
			night(day);
		}
		for (int day = 1; day <= 4; day++) {
			ended(day, 4000);
		}
		// One in which somebody has made notes, one that is a link by now, one that was
		// moved.
		Files.writeString(report(1), "notes");
		Path moved = Files.move(report(2), elsewhere.resolve("mine.xlsx"));
		Files.createSymbolicLink(report(2), moved);
		Path archived = Files.move(report(3), elsewhere.resolve(report(3).getFileName()));
		this.register.governance()
			.sql("UPDATE keysteward.run_report SET path = :path"
					+ " WHERE run_id = (SELECT run_id FROM keysteward.run WHERE run_key = '2026-11-03')")
			.param("path", archived.toString())
			.update();
		// And one that this database knows nothing of.
		Path others = Files.writeString(this.register.reports().resolve("keysteward-2019-01-01.xlsx"), "another's");
		Files.setLastModifiedTime(others, FileTime.from(LONG_AGO));
		night(5);
		assertThat(files()).containsExactly("keysteward-2019-01-01.xlsx", "keysteward-2026-11-01.xlsx",
				"keysteward-2026-11-02.xlsx", "keysteward-2026-11-05.xlsx");
		assertThat(moved).exists();
		assertThat(archived).exists();
	}

	@Test
	void whoKeepsThemForEverLosesNone() throws IOException {
		this.register.set("keysteward.report.keep", "never");
		night(1);
		ended(1, 40_000);
		night(2);
		assertThat(files()).hasSize(2);
	}

	@Test
	void howLongIsASetting() throws IOException {
		this.register.set("keysteward.report.keep", "30d");
		night(1);
		night(2);
		ended(1, 31);
		ended(2, 29);
		night(3);
		assertThat(files()).containsExactly("keysteward-2026-11-02.xlsx", "keysteward-2026-11-03.xlsx");
	}

	@Test
	void aRunThatFailsRemovesNothing() throws IOException {
		night(1);
		ended(1, 401);
		this.register.source(1, "payments", new TestDatabase("jdbc:postgresql://localhost:1/payments", "reader", "x"));
		assertThat(this.register.execute("run", "--as-of=2026-11-02T12:00:00Z")).isEqualTo(1);
		assertThat(files()).contains("keysteward-2026-11-01.xlsx");
	}

	private Path report(int day) {
		return this.register.reports().resolve("keysteward-2026-11-0" + day + ".xlsx");
	}

	private void night(int day) {
		assertThat(this.register.execute("run", "--as-of=2026-11-0" + day + "T12:00:00Z")).as(this.register.err())
			.isZero();
	}

	private void ended(int day, int daysAgo) {
		this.register.governance()
			.sql("UPDATE keysteward.run SET finished_at = now() - make_interval(days => :days) WHERE run_key = :key")
			.param("days", daysAgo)
			.param("key", "2026-11-0" + day)
			.update();
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.register.reports())) {
			return files.map((file) -> String.valueOf(file.getFileName())).sorted().toList();
		}
	}

}
