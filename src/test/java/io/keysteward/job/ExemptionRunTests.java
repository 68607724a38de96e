package io.keysteward.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.SheetText;
import io.keysteward.notice.mail.SmtpStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole runs with exemptions: what they protect, and what becomes of a file that cannot
 * be understood.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExemptionRunTests {

	private static final String NONE = "exemptions: []\n";

	private final Register register;

	private final Path config;

	ExemptionRunTests(@TempDir Path directory) throws IOException {
		this.config = directory.resolve("config");
		FileSystemUtils.copyRecursively(Path.of("config", "sources"), this.config.resolve("sources"));
		this.register = new Register(directory).set("keysteward.config-directory", this.config.toString())
			.key("dead", "2025-12-01", "2026-07-01T00:00:00Z")
			.key("gone", "2025-12-01", "2026-07-01T00:00:00Z");
	}

	@Test
	void anExemptFindingIsNotOpenAndTheKeysOthersAre() throws IOException {
		this.register.keys().sql("UPDATE api_key SET name = 'test' WHERE id = 'dead'").update();
		exemptions(exemption("EX-7", "{ source: console, key: dead }", "[UNNAMED]", "2026-12-31"));
		assertThat(run("2026-11-01")).as(this.register.err()).isZero();
		assertThat(texts(
				"SELECT exemption || ' ' || exempted_by::text FROM keysteward.key_snapshot WHERE key_id = 'dead'"))
			.containsExactly("EX-7 {NULL,EX-7}");
		assertThat(open()).containsExactly("dead IDLE", "gone IDLE");
		assertThat(texts(
				"SELECT exemption_id || ': ' || covers || ' ' || rules::text || ' ' || expires_at AT TIME ZONE 'UTC'"
						+ " FROM keysteward.run_exemption"))
			.containsExactly("EX-7: source console, key dead {UNNAMED} 2026-12-31 00:00:00");
		assertThat(texts("SELECT exemptions_sha256 FROM keysteward.run")).first().asString().hasSize(64);
		assertThat(sheet("Exemptions", "2026-11-01")).contains("EX-7 | active");
		this.register.execute("find", "console/dead");
		assertThat(this.register.out()).contains("UNNAMED, exempt by EX-7: ", "  IDLE: ");
	}

	@Test
	void anExemptionSaysWhetherItProtectsAnything() throws IOException {
		this.register.key("busy", "2025-12-01", "2026-10-31T00:00:00Z");
		exemptions(exemption("EX-7", "{ key: dead }", "2026-12-31")
				+ exemption("EX-8", "{ key: busy }", "2026-12-31").replace("exemptions:\n", ""));
		assertThat(run("2026-11-01")).as(this.register.err()).isZero();
		assertThat(sheet("Exemptions", "2026-11-01")).contains("EX-7 | active", "EX-8 | protects nothing");
		assertThat(sheet("Findings", "2026-11-01")).contains("Exempt by EX-7 until 2026-12-31");
	}

	@Test
	void anExemptionThatFitsNoKeyIsToldEverywhere(CapturedOutput output) throws Exception {
		this.register.set("keysteward.policy.overrides[0].source", "console")
			.set("keysteward.policy.overrides[0].project", "P")
			.set("keysteward.policy.overrides[0].unnamed.min-length", "2");
		exemptions(twoOfWhichOneFits(LocalDate.now(ZoneOffset.UTC).plusDays(30).toString()));
		String unfit = "exemption EX-7 protects no key: source console, key Dead; did you mean key 'dead'?";
		String override = "keysteward.policy.overrides[0] fits no key: source console, project P; did you mean project 'p'?";
		assertThat(this.register.execute("check")).as(this.register.out()).isZero();
		assertThat(this.register.out()).containsPattern("WARN +exemptions +\\Q" + unfit)
			.containsPattern("WARN +policy +\\Q" + override)
			.doesNotContain("EX-8");
		exemptions(twoOfWhichOneFits("2026-12-31"));
		try (SmtpStub mail = new SmtpStub(null)) {
			this.register.mail(mail.port());
			assertThat(run("2026-11-01")).as(this.register.err()).isZero();
			assertThat(mail.messages()).singleElement()
				.asString()
				.contains("Exemption EX-7 protects no key")
				.doesNotContain("Exemption EX-8");
		}
		assertThat(output.getAll()).contains("run 2026-11-01: " + unfit).contains("run 2026-11-01: " + override);
		assertThat(open()).containsExactly("dead IDLE");
		assertThat(sheet("Exemptions", "2026-11-01")).contains("EX-7 | fits no key", "EX-8 | active",
				"source console, key Dead (fits no key; did you mean key 'dead'?)");
		Files.delete(this.register.reports().resolve("keysteward-2026-11-01.xlsx"));
		assertThat(this.register.execute("report", "--run-key=2026-11-01")).isZero();
		assertThat(sheet("Exemptions", "2026-11-01")).contains("EX-7 | fits no key");
	}

	/** As a generator gone wild writes it, or somebody who means harm. */
	@ParameterizedTest
	@ValueSource(strings = { "[", "{a: ", "- " })
	void exemptionsNestedHundredsDeepAreOneLineAndHoldDisabling(String opening, CapturedOutput output)
			throws IOException {
		exemptions("exemptions: " + (opening.equals("- ") ? "\n" : "") + opening.repeat(1_501));
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out()).containsOnlyOnce("FAIL ")
			.containsPattern("FAIL +exemptions +.*exemptions.yaml");
		assertThat(run("2026-11-01")).as(this.register.err()).isEqualTo(3);
		assertThat(this.register.err()).hasLineCount(1).contains("exemptions.yaml");
		assertThat(output.getAll()).doesNotContain("\tat ", "Caused by");
		assertThat(sheet("Actions", "2026-11-01")).contains("EXEMPT");
	}

	@Test
	void ofARunThatIsNarrowedNobodyKnowsWhatFitsNoKey(CapturedOutput output) throws IOException {
		exemptions(exemption("EX-7", "{ key: Dead }", "2026-12-31"));
		assertThat(this.register.execute("run", "--as-of=2026-11-01", "--run-key=2026-11-01", "--source=console",
				"--project=p"))
			.as(this.register.err())
			.isZero();
		assertThat(output.getAll()).doesNotContain("protects no key");
		assertThat(sheet("Exemptions", "2026-11-01")).doesNotContain("fits no key");
	}

	@Test
	void theSameLettersInAnotherNormalFormAreProtected() throws IOException {
		this.register.keys().sql("UPDATE api_key SET id = U&'Mu\\0308ller' WHERE id = 'dead'").update();
		exemptions(exemption("EX-7", "{ key: M\u00FCller }", "2026-12-31"));
		assertThat(run("2026-11-01")).as(this.register.err()).isZero();
		assertThat(open()).containsExactly("gone IDLE");
	}

	@Test
	void ofAnExemptKeyFindAndActionsSayOnlyThatItIsExempt() throws IOException {
		exemptions(exemption("EX-7", "{ key: dead }", "2026-12-31"));
		assertThat(run("2026-11-01")).as(this.register.err()).isZero();
		this.register.execute("find", "console/dead");
		assertThat(this.register.out()).contains("held by EXEMPT, ")
			.contains("Exempt by EX-7 until 2026-12-31.")
			.doesNotContain("in use", "not been warned", "was seen on");
		assertThat(sheet("Actions", "2026-11-01")).contains("Exempt by EX-7 until 2026-12-31.")
			.containsOnlyOnce("was seen on");
	}

	@Test
	void fromTheDayOfItsExpiryTheFindingIsNewAgain() throws IOException {
		exemptions(NONE);
		runThatDay("2026-10-31");
		exemptions(exemption("EX-7", "{ project: p, name: service dead }", "2026-11-02"));
		runThatDay("2026-11-01");
		assertThat(open()).containsExactly("gone IDLE");
		assertThat(texts("SELECT resolution FROM keysteward.finding WHERE key_id = 'dead'"))
			.containsExactly("EXEMPTED");
		assertThat(runThatDay("2026-11-02")).isZero();
		assertThat(open()).containsExactly("dead IDLE", "gone IDLE");
		assertThat(texts("SELECT first_seen_at AT TIME ZONE 'UTC' || ' ' || seen_days FROM keysteward.finding"
				+ " WHERE key_id = 'dead'"))
			.containsExactly("2026-11-02 00:00:00 1");
		assertThat(texts("SELECT seen_days::text FROM keysteward.finding WHERE key_id = 'gone'")).containsExactly("3");
		assertThat(sheet("Exemptions", "2026-11-02")).contains("EX-7 | expired");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					approver: jonas@example.com | approver: | exemptions.yaml:8: approver is required
					name-glob: service g*       | name-glob: '*?' | exemptions.yaml:8: covers.name-glob '*?' fits any name
					id: EX-8                    | id: EX-7  | exemptions.yaml:8: id 'EX-7' is used twice, first in line 2
					expires: 2026-12-31         | expires: 2027-12-31 | exemptions.yaml:8: expires 2027-12-31T00:00:00Z is more than 90d
					ticket:                     | tikcet:   | exemptions.yaml:12: unknown key 'tikcet'; did you mean 'ticket'?
					""")
	void aFaultIsToldAndHidesNeitherTheOtherExemptionsNorTheReport(String right, String wrong, String fault)
			throws IOException {
		String second = exemption("EX-8", "{ name-glob: service g* }", "2026-12-31").replace("exemptions:\n", "")
			.replace(right, wrong);
		exemptions(exemption("EX-7", "{ key: dead }", "2026-12-31") + second);
		assertThat(run("2026-11-01")).isEqualTo(3);
		assertThat(this.register.err()).startsWith("keysteward: run 2026-11-01 is complete, but disabling was held")
			.contains(fault)
			.hasLineCount(1);
		assertThat(open()).containsExactly("gone IDLE");
		assertThat(texts("SELECT gate || source || ' ' || detail FROM keysteward.run_hold WHERE gate = 'EXEMPT'"))
			.hasSize(1)
			.allMatch((hold) -> hold.startsWith("EXEMPT ") && hold.contains(fault));
		assertThat(texts("SELECT status FROM keysteward.run")).containsExactly("COMPLETE");
		assertThat(sheet("Exemptions", "2026-11-01")).contains("EX-7 | active");
	}

	@Test
	void aFileThatCannotBeReadHoldsTheRunAndTheWorkbookIsWritten() throws IOException {
		assertThat(run("2026-11-01")).isEqualTo(3);
		assertThat(this.register.err()).contains("exemptions.yaml: is missing").hasLineCount(1);
		Files.write(this.config.resolve("exemptions.yaml"), "# \u00FC\n".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(run("2026-11-02")).isEqualTo(3);
		assertThat(this.register.err()).contains("exemptions.yaml: is not UTF-8").hasLineCount(1);
		assertThat(this.register.reports().resolve("keysteward-2026-11-02.xlsx")).isNotEmptyFile();
		assertThat(open()).containsExactly("dead IDLE", "gone IDLE");
		exemptions(NONE);
		assertThat(run("2026-11-03")).isZero();
	}

	@Test
	void manyFaultsAreOneShortLine() throws IOException {
		StringBuilder file = new StringBuilder("exemptions:\n");
		for (int entry = 0; entry < 40; entry++) {
			file.append("  - id: EX-").append(entry).append('\n');
		}
		exemptions(file.toString());
		assertThat(run("2026-11-01")).isEqualTo(3);
		assertThat(this.register.err()).hasLineCount(1).contains(" more in the log");
		assertThat(texts("SELECT detail FROM keysteward.run_hold WHERE gate = 'EXEMPT'")).first()
			.asString()
			.hasSizeLessThan(700);
	}

	@Test
	void aContinuedRunWhoseExemptionsChangedIsJudgedAgain() throws IOException {
		exemptions("exemptions:\n  - id: EX-7\n");
		this.register.set("spring.mail.host", "localhost")
			.set("spring.mail.port", "1")
			.set("keysteward.mail.from", "keysteward@example.com")
			.set("keysteward.mail.to[0]", "security@example.com");
		assertThat(run("2026-11-01")).isEqualTo(1);
		assertThat(open()).containsExactly("dead IDLE", "gone IDLE");
		exemptions(exemption("EX-7", "{ key: dead }", "2026-12-31"));
		this.register.set("spring.mail.host", "");
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).as(this.register.err()).isZero();
		assertThat(open()).containsExactly("gone IDLE");
		assertThat(texts("SELECT gate FROM keysteward.run_hold WHERE gate = 'EXEMPT'")).isEmpty();
		assertThat(sheet("Findings", "2026-11-01")).contains("Exempt by EX-7 until 2026-12-31");
	}

	@Test
	void aContinuedRunWhoseExemptionsMayLastLessIsJudgedAgain() throws IOException {
		exemptions(exemption("EX-7", "{ key: dead }", "2026-12-31"));
		this.register.set("spring.mail.host", "localhost")
			.set("spring.mail.port", "1")
			.set("keysteward.mail.from", "keysteward@example.com")
			.set("keysteward.mail.to[0]", "security@example.com");
		assertThat(run("2026-11-01")).isEqualTo(1);
		this.register.set("spring.mail.host", "").set("keysteward.exemptions.max-lifetime", "30d");
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isEqualTo(3);
		assertThat(this.register.err()).contains("is more than 30d");
		assertThat(open()).containsExactly("dead IDLE", "gone IDLE");
	}

	@Test
	void checkSaysHowManyThereAreOrWhatIsWrong() throws IOException {
		exemptions(exemption("EX-7", "{ key: dead }", "2026-09-01"));
		this.register.execute("check");
		assertThat(this.register.out()).containsPattern("ok +exemptions +1 exemption, 1 expired");
		exemptions("exemptions:\n  - id: EX-7\n  - id: EX-8\n");
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out()).containsPattern("FAIL +exemptions .*exemptions.yaml:2: covers must name")
			.containsPattern("FAIL +exemptions .*exemptions.yaml:3: expires is required")
			.contains("Not ready.");
	}

	@Test
	void aLifetimeThatIsNotWholeDaysIsRefused() throws IOException {
		exemptions(NONE);
		this.register.set("keysteward.exemptions.max-lifetime", "36h");
		assertThat(run("2026-11-01")).isEqualTo(2);
		assertThat(this.register.err()).contains("keysteward.exemptions.max-lifetime: '").hasLineCount(1);
	}

	private static String twoOfWhichOneFits(String expires) {
		return exemption("EX-7", "{ source: console, key: Dead }", expires)
				+ exemption("EX-8", "{ key: gone }", expires).replace("exemptions:\n", "");
	}

	private static String exemption(String id, String covers, String rules, String expires) {
		return exemption(id, covers, expires).replace("    reason:", "    rules: " + rules + "\n    reason:");
	}

	private static String exemption(String id, String covers, String expires) {
		return """
				exemptions:
				  - id: %s
				    covers: %s
				    reason: Runs at the end of each quarter.
				    approver: jonas@example.com
				    ticket: SEC-4711
				    expires: %s
				""".formatted(id, covers, expires);
	}

	private void exemptions(String text) throws IOException {
		Files.writeString(this.config.resolve("exemptions.yaml"), text);
	}

	/** As of a day, and on that day: only such days count. */
	private int runThatDay(String day) {
		int exit = run(day);
		this.register.governance()
			.sql("UPDATE keysteward.run_source s SET snapshot_at = r.as_of FROM keysteward.run r WHERE r.run_id = s.run_id")
			.update();
		return exit;
	}

	private int run(String asOf) {
		return this.register.execute("run", "--as-of=" + asOf);
	}

	private List<String> open() {
		return texts("SELECT key_id || ' ' || rule FROM keysteward.finding WHERE status = 'OPEN' ORDER BY 1");
	}

	private List<String> texts(String sql) {
		return this.register.governance().sql(sql).query(String.class).list();
	}

	private String sheet(String name, String runKey) throws IOException {
		return SheetText.of(this.register.reports().resolve("keysteward-" + runKey + ".xlsx"), name);
	}

}
