package io.keysteward.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Under which name a report is written, and that it replaces nobody else's.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReportPlaceTests {

	private final Path directory;

	private final Register register;

	ReportPlaceTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory).key("k", "2026-10-01", null);
	}

	@ParameterizedTest
	@CsvSource({ "nightly-29366640, keysteward-2026-11-01-nightly-29366640.xlsx",
			"by-hand-2026-11-01-1200, keysteward-by-hand-2026-11-01-1200.xlsx",
			"2026-11-01, keysteward-2026-11-01.xlsx", "2026-10-31, keysteward-2026-11-01-2026-10-31.xlsx" })
	void theNameSaysTheDayWhereTheRunKeyDoesNot(String runKey, String name) throws IOException {
		assertThat(this.register.execute("run", "--run-key=" + runKey, "--as-of=2026-11-01T12:00:00Z")).isZero();
		assertThat(files()).containsExactly(name);
		Files.delete(this.register.reports().resolve(name));
		assertThat(this.register.execute("report", "--run-key=" + runKey)).isZero();
		assertThat(files()).containsExactly(name);
	}

	@Test
	void anotherDatabasesReportOfTheSameRunKeyIsNotReplaced(CapturedOutput output) throws IOException {
		Register other = new Register(this.directory).key("x", "2026-10-01", null);
		other.set("keysteward.report.max-inventory-rows", "0").set("keysteward.report.inventory-csv", "true");
		assertThat(other.execute("run", "--as-of=2026-11-01T12:00:00Z")).isZero();
		Path theirs = this.register.reports().resolve("keysteward-2026-11-01.xlsx");
		byte[] before = Files.readAllBytes(theirs);
		assertThat(this.register.execute("run", "--as-of=2026-11-01T12:00:00Z")).isZero();
		assertThat(theirs).hasBinaryContent(before);
		assertThat(files()).containsExactly("keysteward-2026-11-01-2.xlsx", "keysteward-2026-11-01-all-keys.csv",
				"keysteward-2026-11-01.xlsx");
		assertThat(path()).endsWith("keysteward-2026-11-01-2.xlsx");
		assertThat(
				output.getOut().lines().filter((line) -> line.contains(" WARN ") && line.contains("is there already")))
			.singleElement()
			.asString()
			.contains("run 2026-11-01: " + theirs + " is there already and is not as this run wrote it")
			.contains("the report is keysteward-2026-11-01-2.xlsx; give each installation a directory of its own"
					+ " (keysteward.report.directory)");
	}

	@Test
	void formatsOfOneRunHaveOneName() throws IOException {
		Register other = new Register(this.directory).key("x", "2026-10-01", null);
		other.set("keysteward.report.formats", "json");
		assertThat(other.execute("run", "--as-of=2026-11-01T12:00:00Z")).isZero();
		byte[] before = Files.readAllBytes(this.register.reports().resolve("keysteward-2026-11-01.json"));
		this.register.set("keysteward.report.formats", "workbook,json");
		interrupted();
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).as(this.register.err()).isZero();
		assertThat(files()).containsExactly("keysteward-2026-11-01-2.json", "keysteward-2026-11-01-2.xlsx",
				"keysteward-2026-11-01.json");
		assertThat(this.register.reports().resolve("keysteward-2026-11-01.json")).hasBinaryContent(before);
	}

	@Test
	void aFormatThatIsAddedIsWrittenWhenTheRunIsContinued() throws IOException {
		interrupted();
		this.register.set("keysteward.report.formats", "workbook,json");
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).as(this.register.err()).isZero();
		assertThat(files()).containsExactly("keysteward-2026-11-01.json", "keysteward-2026-11-01.xlsx");
	}

	@Test
	void whatWasWrittenAndNotNotedIsReplacedInEveryFormat() throws IOException {
		this.register.set("keysteward.report.formats", "workbook,json");
		this.register.governance()
			.sql("CREATE FUNCTION keysteward.lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';"
					+ " CREATE TRIGGER lose BEFORE INSERT ON keysteward.run_report FOR EACH ROW EXECUTE FUNCTION keysteward.lose()")
			.update();
		assertThat(this.register.execute("run", "--as-of=2026-11-01T12:00:00Z")).isNotZero();
		this.register.governance().sql("DROP FUNCTION keysteward.lose CASCADE").update();
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).as(this.register.err()).isZero();
		assertThat(files()).containsExactly("keysteward-2026-11-01.json", "keysteward-2026-11-01.xlsx");
	}

	@Test
	void aRunThatIsContinuedReplacesItsOwnReport() throws IOException {
		interrupted();
		assertThat(files()).containsExactly("keysteward-2026-11-01.xlsx");
		byte[] before = Files.readAllBytes(this.register.report("2026-11-01"));
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isZero();
		assertThat(files()).containsExactly("keysteward-2026-11-01.xlsx");
		assertThat(Files.readAllBytes(this.register.report("2026-11-01"))).isNotEqualTo(before);
	}

	@Test
	void evenIfItWasKilledBeforeItNotedThatItHasOne() throws IOException {
		interrupted();
		this.register.governance().sql("DELETE FROM keysteward.run_report").update();
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isZero();
		assertThat(files()).containsExactly("keysteward-2026-11-01.xlsx");
	}

	@Test
	void butNotOneInWhichSomebodyHasMadeNotes() throws IOException {
		interrupted();
		Files.writeString(this.register.report("2026-11-01"), "notes");
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isZero();
		assertThat(this.register.report("2026-11-01")).hasContent("notes");
		assertThat(files()).containsExactly("keysteward-2026-11-01-2.xlsx", "keysteward-2026-11-01.xlsx");
	}

	/** Fails for one source, and has written a report of the other. */
	private void interrupted() {
		TestDatabase payments = TestDatabase.empty();
		this.register.source(1, "payments", payments);
		assertThat(this.register.execute("run", "--as-of=2026-11-01T12:00:00Z")).isEqualTo(2);
		payments.jdbc().sql(Register.read(Path.of("config/sources/api-key-records/schema.sql"))).update();
	}

	private String path() {
		return this.register.governance().sql("SELECT path FROM keysteward.run_report").query(String.class).single();
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.register.reports())) {
			return files.map((file) -> String.valueOf(file.getFileName())).sorted().toList();
		}
	}

}
