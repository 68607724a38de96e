package io.keysteward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.report.json.ReportSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports of more than one format: when they are written, and when they are written
 * again.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReportCommandTests {

	private final Register register;

	ReportCommandTests(@TempDir Path directory) {
		this.register = new Register(directory).key("k", "2026-10-01", null)
			.set("keysteward.report.formats", "workbook,json");
	}

	@Test
	void aRunWritesEveryFormatAndSaysSoOfEach(CapturedOutput output) throws Exception {
		run();
		assertThat(files()).containsExactly("keysteward-2026-11-01.json", "keysteward-2026-11-01.xlsx");
		assertThat(output).contains("run 2026-11-01: workbook " + workbook() + " (")
			.contains("run 2026-11-01: json " + json() + " (")
			.contains("SHA-256 " + sha256(json()))
			.contains("SHA-256 " + sha256(workbook()));
		assertThat(this.register.out()).contains("is complete: " + json() + ", " + workbook());
		assertThat(recorded()).containsExactly("json " + json() + " " + sha256(json()),
				"workbook " + workbook() + " " + sha256(workbook()));
		assertThat(ReportSchema.faults(json())).isEmpty();
		this.register.execute("runs");
		assertThat(this.register.out()).contains(json() + ", " + workbook());
	}

	@Test
	void oneFormatIsWrittenAgainWhereItIsNamed() throws Exception {
		run();
		Path elsewhere = this.register.reports().resolve("again.json");
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--format=json", "--output=" + elsewhere))
			.as(this.register.err())
			.isZero();
		assertThat(this.register.out()).contains(elsewhere + " SHA-256 " + sha256(elsewhere));
		assertThat(ReportSchema.faults(elsewhere)).isEmpty();
		assertThat(files()).hasSize(3);
	}

	@Test
	void theListOfAllKeysIsWrittenAloneWhereSomebodyWantsIt() throws Exception {
		this.register.set("keysteward.report.max-inventory-rows", "0").key("=1+1", "2026-10-01", null);
		run();
		Path list = this.register.reports().resolve("all.csv");
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--inventory=" + list))
			.as(this.register.err())
			.isZero();
		assertThat(this.register.out()).contains(list + " SHA-256 " + sha256(list));
		assertThat(Files.readAllLines(list)).hasSize(3)
			.element(0)
			.asString()
			.startsWith("\uFEFFSource,Key id,Name,Masked key,Project id");
		assertThat(Files.readAllLines(list)).element(1)
			.asString()
			.startsWith("console,'=1+1,service =1+1,sk-a****9xQ2,p,Atlas,");
		assertThat(files()).as("no report").hasSize(3);
		assertThat(recorded()).hasSize(2);
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--inventory=" + list)).isEqualTo(2);
		assertThat(this.register.err()).contains("--inventory: '" + list
				+ "' is there already, and may be what was mailed; name another file with --inventory");
	}

	@Test
	void withItsInventoryTheListOfAllKeysIsGone() throws Exception {
		run();
		this.register.governance().sql("UPDATE keysteward.run SET has_inventory = false").update();
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--inventory=a.csv")).isEqualTo(2);
		assertThat(this.register.err())
			.contains("is not kept any more (keysteward.inventory.keep); its list of all keys is gone with it");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					--inventory=a.csv --format=json   | --format: not with --inventory, which writes no report; leave one of them out
					--inventory=a.csv --output=a.xlsx | --output: not with --inventory, which writes no report; leave one of them out
					--inventory=                      | --inventory: '' is not allowed; name a file, or leave the option out
					--inventory=/none/a.csv           | --inventory: there is no directory '/none'; make it first
					""")
	void aListOfAllKeysThatCannotBeWrittenIsRefusedInOneLine(String options, String line) throws Exception {
		run();
		assertThat(this.register.execute(("report --run-key=2026-11-01 " + options).split(" "))).isEqualTo(2);
		assertThat(this.register.err()).contains(line).hasLineCount(1);
		assertThat(files()).hasSize(2);
	}

	@Test
	void oneThatWasLostIsWrittenInItsPlaceWithItsHash() throws Exception {
		run();
		Files.delete(json());
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--format=json")).isZero();
		assertThat(recorded()).contains("json " + json() + " " + sha256(json()));
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--format=json")).isEqualTo(2);
		assertThat(this.register.err()).contains(json() + "' is there already");
	}

	@Test
	void aRunThatWroteNoneOfAFormatCanStillHaveOne() throws Exception {
		this.register.unset("keysteward.report.formats");
		run();
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--format=json")).isZero();
		assertThat(ReportSchema.faults(json())).isEmpty();
		assertThat(recorded()).containsExactly("workbook " + workbook() + " " + sha256(workbook()));
	}

	@Test
	void withoutAWordItIsTheWorkbook() throws IOException {
		this.register.set("keysteward.report.formats", "json");
		run();
		assertThat(files()).containsExactly("keysteward-2026-11-01.json");
		assertThat(this.register.execute("report", "--run-key=2026-11-01")).isZero();
		assertThat(files()).containsExactly("keysteward-2026-11-01.json", "keysteward-2026-11-01.xlsx");
	}

	@Test
	void anUnknownFormatIsRefusedWithThoseThatAreAllowed() {
		run();
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--format=pdf")).isEqualTo(2);
		assertThat(this.register.err()).contains("--format: 'pdf' is not allowed; allowed are workbook, json");
	}

	private void run() {
		assertThat(this.register.execute("run", "--as-of=2026-11-01")).as(this.register.err()).isZero();
	}

	private Path json() {
		return this.register.reports().resolve("keysteward-2026-11-01.json");
	}

	private Path workbook() {
		return this.register.reports().resolve("keysteward-2026-11-01.xlsx");
	}

	private List<String> recorded() {
		return this.register.governance()
			.sql("SELECT concat_ws(' ', format, path, sha256) FROM keysteward.run_report ORDER BY format")
			.query(String.class)
			.list();
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.register.reports())) {
			return files.map((file) -> String.valueOf(file.getFileName())).sorted().toList();
		}
	}

	private static String sha256(Path file) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
	}

}
