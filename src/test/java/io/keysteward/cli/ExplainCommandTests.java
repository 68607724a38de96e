package io.keysteward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import io.keysteward.DeniedColumns;
import io.keysteward.Register;
import io.keysteward.RunHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever asks why a key is treated as it is finds the answer in the first line.
 */
class ExplainCommandTests {

	private final Register register;

	private final Path directory;

	ExplainCommandTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-05-01T00:00:00Z")
			.key("young/er", "2025-12-01", "2026-08-27T00:00:00Z")
			.key("busy", "2026-10-01", "2026-10-31T00:00:00Z");
	}

	@Test
	void theAnswerComesFirstThenTheClosedGatesWithWhatOpensThemThenTheOthers() {
		firstRun();
		run("2026-11-02");
		explain("console/dead");
		assertThat(this.register.out())
			.startsWith("console/dead: It is not disabled: held by SEEN_BEFORE, NOTICE, FRESH. No day is in sight.")
			.containsSubsequence("  SEEN_BEFORE  closed: Its finding was seen on 1 of at least 2 days.\n",
					"Opens when complete runs of 2 different days have seen it, by their as-of and by the time of their reading (disable.min-runs 2).\n",
					"  NOTICE       closed: Nobody to write to", "  FRESH        closed: Source console was read at ",
					"  EXEMPT       open: No exemption covers its finding IDLE or ORPHANED.\n",
					"  KIND         open: Its kind, 'personal', may be disabled",
					"  LEVEL        open: It is past the disabling threshold since 2026-08-01 (idle.violation 90d; idle.warn 45d of an orphan past orphaned.grace 7d).\n",
					"  BREAKER      not asked: ", "console/dead  \"service dead\"  sk-a****9xQ2  ACTIVE\n",
					"  owner      Ada  u  ada@example.com\n",
					"  IDLE         VIOLATION, open since 2026-11-01: Last used on 2026-05-01, 185 days ago;",
					"(idle.violation 90d, idle.warn 45d)\n", "  UNNAMED      no fault\n",
					"  2026-11-01 00:00 UTC  found IDLE, VIOLATION in run 2026-11-01\n");
	}

	@Test
	void whatNamesAKeyAndWhenItWasDeniedIsSaid() {
		DeniedColumns.add(this.register, this.directory);
		DeniedColumns.refer(this.register.keys(), "dead", "pipeline\nnightly");
		DeniedColumns.deny(this.register.keys(), "dead", Instant.parse("2026-10-30T11:00:00Z"));
		firstRun();
		explain("console/dead");
		assertThat(this.register.out())
			.startsWith("console/dead: It is not disabled: held by REFERENCED, POLICY, FRESH. No day is in sight.")
			.contains("  REFERENCED   closed: Something still names it: 'pipeline⏎nightly'.\n"
					+ "               Opens with the first run in which nothing names it any more; its owner is warned after that,"
					+ " both times.\n", "  SEEN_BEFORE  not asked: ", "  NOTICE       not asked: ",
					"  denied     2026-10-30 11:00 UTC, the last time that is known\n", "  named by   pipeline");
		explain("console/young/er");
		assertThat(this.register.out()).contains("  REFERENCED   open: Its source says that nothing else names it.\n")
			.doesNotContain("  denied ", "  named by ");
		assertThat(this.register.execute("find", "--gate=REFERENCED", "--format=json")).isZero();
		assertThat(this.register.out()).contains("\"key_id\":\"dead\"", "\"last_denied_at\":\"2026-10-30T11:00:00Z\"")
			.doesNotContain("young");
		this.register.unset("keysteward.config-directory");
		run("2026-11-02");
		explain("console/dead");
		assertThat(this.register.out())
			.contains("  REFERENCED   not asked: Not known: its source does not say what else"
					+ " names a key (select.sql has no column referenced_by).\n");
	}

	@Test
	void theDayOnWhichAGateOpensByItselfIsNamed() {
		firstRun();
		run("2026-11-02");
		this.register.governance().sql("UPDATE keysteward.key_action SET due_at = '2026-12-11 02:00Z'").update();
		explain("console/young/er");
		assertThat(this.register.out())
			.startsWith("console/young/er: It is not disabled: held by LEVEL, SEEN_BEFORE, NOTICE, FRESH."
					+ " It may be disabled from 2026-12-11 on, if nobody uses it. The run only reported: it was to disable nothing.\n")
			.contains("  LEVEL        closed: It is not past the disabling threshold before 2026-11-27.\n"
					+ "               Opens by itself if nobody uses it until then (idle.violation 90d; idle.warn 45d of an orphan past orphaned.grace 7d)."
					+ " At the earliest: 2026-11-27.\n",
					"  IDLE         WARN, open since 2026-11-01, a violation from 2026-11-27 on: ");
	}

	@Test
	void aKeyThatNoGateIsAskedOfSaysSo() {
		this.register.keys().sql("UPDATE api_key SET name = 'x' WHERE id = 'busy'").update();
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'dead'").update();
		this.register.keys().sql("UPDATE api_key SET last_used_at = '2026-10-31Z' WHERE id = 'young/er'").update();
		firstRun();
		explain("console/busy");
		assertThat(this.register.out())
			.startsWith(
					"console/busy: It has a finding (UNNAMED), and only IDLE or ORPHANED ever leads to disabling.\n")
			.contains("No gate was asked: ");
		explain("console/dead");
		assertThat(this.register.out()).startsWith("console/dead: It is not judged: it is not active.");
		explain("console/young/er");
		assertThat(this.register.out()).startsWith("console/young/er: Nothing is wrong with it.\n")
			.contains("  nothing that is recorded\n");
	}

	@Test
	void anExemptKeyNamesItsExemptionAndItsEnd() throws IOException {
		FileSystemUtils.copyRecursively(Path.of("config", "sources"), this.directory.resolve("config/sources"));
		Files.writeString(this.directory.resolve("config/exemptions.yaml"), """
				exemptions:
				  - id: EX-1
				    covers: { source: console, key: dead }
				    reason: Runs once a year.
				    approver: jonas@example.com
				    ticket: SEC-4711
				    expires: 2026-12-24
				""");
		this.register.set("keysteward.config-directory", this.directory.resolve("config").toString());
		firstRun();
		explain("console/dead");
		assertThat(this.register.out()).startsWith("console/dead: It is not disabled: held by EXEMPT")
			.contains("At the earliest: 2026-12-24.\n", "  IDLE         exempt by EX-1: ",
					"  SEEN_BEFORE  not asked: A gate above it holds the key already");
	}

	@Test
	void aWarningSaysOnHowManyDaysItWasSeen() {
		for (String day : new String[] { "2026-11-01", "2026-11-02", "2026-11-03" }) {
			run(day);
			this.register.governance()
				.sql("UPDATE keysteward.run_source s SET snapshot_at = r.as_of FROM keysteward.run r WHERE r.run_id = s.run_id")
				.update();
		}
		explain("console/young/er");
		assertThat(this.register.out())
			.contains("  SEEN_BEFORE  open: Its finding was seen on 3 days (disable.min-runs 2).\n")
			.doesNotContain("null");
	}

	@Test
	void whatIsHeldByGatesThatDoNotWaitForADaySaysThatItIsDue() {
		firstRun();
		this.register.governance().sql("UPDATE keysteward.key_action SET due_at = '2026-11-01Z'").update();
		explain("console/dead");
		assertThat(this.register.out()).startsWith(
				"console/dead: It is not disabled: held by SEEN_BEFORE, NOTICE, POLICY, FRESH. It is due as soon as these gates open.")
			.contains("POLICY       closed: There is no complete run before this one.\n"
					+ "               Opens with the next run, which can compare with this one.\n");
	}

	@Test
	void aKeyThatCouldNotBeJudgedKeepsItsFindingAndHasNoFaultlessRules() {
		firstRun();
		this.register.keys().sql("UPDATE api_key SET created_at = '2027-01-01Z' WHERE id = 'dead'").update();
		run("2026-11-02");
		explain("console/dead");
		assertThat(this.register.out()).startsWith("console/dead: It is not judged: its record cannot be right")
			.contains("  IDLE         not judged; the finding of earlier runs stays open, VIOLATION since 2026-11-01\n",
					"  AGED         not judged\n")
			.doesNotContain("no fault");
	}

	@Test
	void aRunThatDidNotComeToPlanningSaysSo() {
		firstRun();
		this.register.governance().sql("DELETE FROM keysteward.key_action").update();
		explain("console/dead");
		assertThat(this.register.out())
			.startsWith("console/dead: The run ended before it planned what becomes of it.\n")
			.doesNotContain("only an idle");
	}

	@Test
	void aPastRunIsExplainedAsItWas() {
		firstRun();
		this.register.keys().sql("UPDATE api_key SET last_used_at = '2026-11-01T12:00:00Z' WHERE id = 'dead'").update();
		run("2026-11-02");
		explain("console/dead");
		assertThat(this.register.out()).startsWith("console/dead: Nothing is wrong with it.\n")
			.contains("2026-11-02 00:00 UTC  IDLE ended");
		assertThat(this.register.execute("explain", "console/dead", "--run-key=2026-11-01")).isZero();
		assertThat(this.register.out()).startsWith("console/dead: It is not disabled: held by SEEN_BEFORE")
			.doesNotContain("2026-11-02");
	}

	@Test
	void aProgramGetsTheSameAsOneDocument() {
		firstRun();
		assertThat(this.register.execute("explain", "console/dead", "--format=json")).isZero();
		JsonNode document = JsonMapper.shared().readTree(this.register.out());
		assertThat(document.get("format").asString()).isEqualTo("keysteward-explanation");
		assertThat(document.get("version").asInt()).isEqualTo(1);
		assertThat(document.get("verdict").asString()).startsWith("It is not disabled: held by SEEN_BEFORE");
		assertThat(document.get("key").get("key_id").asString()).isEqualTo("dead");
		assertThat(document.get("rules").get(0).get("level").asString()).as(this.register.out()).isEqualTo("VIOLATION");
		assertThat(document.get("rules").findValuesAsString("state")).containsExactly("FOUND", "NO_FAULT", "NO_FAULT",
				"NO_FAULT");
		assertThat(document.get("gates").findValuesAsString("gate")).hasSize(12)
			.startsWith("SEEN_BEFORE", "NOTICE", "POLICY", "FRESH", "EXEMPT");
		assertThat(document.get("gates").findValuesAsString("state")).startsWith("CLOSED", "CLOSED", "CLOSED", "CLOSED",
				"OPEN");
		assertThat(document.get("events").get(0).get("what").asString()).startsWith("found IDLE");
	}

	@Test
	void whatSomebodyHasWrittenIntoANameDoesNothing() {
		this.register.keys()
			.sql("UPDATE api_key SET name = E'a\\nconsole/dead: \\u001b[31m' WHERE id = 'dead'")
			.update();
		firstRun();
		explain("console/dead");
		assertThat(this.register.out()).doesNotContain("\u001b").contains("\"a\\u000Aconsole/dead: \\u001B[31m\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					dead          | text | SOURCE/ID: 'dead' is not allowed; write the source's id, a slash and the key's id
					console/      | text | SOURCE/ID: 'console/' is not allowed
					console/other | text | SOURCE/ID: there is no key 'console/other' in the inventory of run 2026-11-01; find TEXT
					console/dead  | csv  | --format: 'csv' is not allowed; allowed: text, json
					""")
	void whatCannotBeExplainedIsRefusedInOneLine(String key, String format, String line) {
		firstRun();
		assertThat(this.register.execute("explain", key, "--format=" + format)).isEqualTo(2);
		assertThat(this.register.err()).contains(line).hasLineCount(1);
	}

	private void explain(String key) {
		assertThat(this.register.execute("explain", key)).as(this.register.err()).isZero();
	}

	/** The first one is often the same. */
	private void firstRun() {
		RunHistory.of(this.register, "2026-11-01", () -> run("2026-11-01"));
	}

	private void run(String day) {
		assertThat(this.register.execute("run", "--as-of=" + day)).as(this.register.err()).isZero();
	}

}
