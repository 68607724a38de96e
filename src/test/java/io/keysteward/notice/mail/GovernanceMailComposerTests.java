package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GovernanceMailComposerTests {

	private static final String SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

	private static final List<MailedReport> REPORTS = RunFixture.reports(Path.of("/reports/keysteward-2026-11-23.xlsx"),
			SHA256);

	private final Templates templates = new Templates();

	@ParameterizedTest
	@ValueSource(strings = { "complete", "incomplete", "clean", "first", "nothing-read", "disabled", "held", "would" })
	void theMailSaysWhatItsGoldenFileSays(String name) throws IOException {
		MailModel letter = letter(name);
		assertThat(letter.subject()).isEqualTo(subject(name));
		String text = written(name + ".txt", this.templates.write("governance.txt", letter));
		String html = written(name + ".html", this.templates.write("governance.html", letter));
		assertThat(golden(name + ".txt")).content().isEqualTo(text);
		assertThat(golden(name + ".html")).content().isEqualTo(html);
	}

	@Test
	void textOfOthersNeverBecomesMarkup() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.source("ci", "<img src=https://example.org/x onerror=alert(1)>", "FAILED",
				"<script>\"'&</script> [[${1}]]");
		MailModel letter = letter(run, false, true);
		String html = this.templates.write("governance.html", letter);
		assertThat(html).contains("&lt;img src=https://example.org/x", "&lt;script&gt;")
			.doesNotContain("<img", "<script");
		assertThat(this.templates.write("governance.txt", letter)).contains("<script>\"'&</script> [[${1}]]");
	}

	@Test
	void textOfOthersHidesNothingAndMakesNoLineOfItsOwn() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.source("ci", "abc\u202Ecba", "FAILED", "first\r\n0 violations, all is well");
		MailModel letter = letter(run, false, true);
		assertThat(this.templates.write("governance.txt", letter)).contains("abc\\u202Ecba")
			.contains("first\\u000D\\u000A0 violations, all is well");
		assertThat(this.templates.write("governance.html", letter)).doesNotContain("\u202E");
	}

	@Test
	void aMailLoadsNothingFromElsewhere() {
		assertThat(this.templates.write("governance.html", letter("incomplete"))).doesNotContain("http", "src=", "url(",
				"<link", " th:");
	}

	@Test
	void whatIsHandedOverUnmaskedIsToldAtOnce() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.database().jdbc().sql("UPDATE keysteward.run_source SET remasked = 3 WHERE source = 'ci'").update();
		assertThat(this.templates.write("governance.txt", letter(run, false, true))).contains("Needs attention")
			.contains("Build servers (ci): masked_key of 3 keys hides nothing or too little of the secret.");
	}

	@Test
	void theKeysWhoseSecretWasHandedOverAreNamed() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.database()
			.jdbc()
			.sql("UPDATE keysteward.run_source SET remasked = 3, fault = :fault WHERE source = 'ci'")
			.param("fault", "masked_key of 3 keys hides nothing or too little of the secret: k-1, k-2 and 1 more")
			.update();
		assertThat(this.templates.write("governance.txt", letter(run, false, true)).replaceAll("\\s+", " ")).contains(
				"Build servers (ci): masked_key of 3 keys hides nothing or too little of the secret: k-1, k-2 and 1"
						+ " more. Nothing of it was stored unmasked. Correct its select.sql.");
	}

	@Test
	void whereItIsCorrectedDependsOnTheKindOfSource() {
		RunFixture run = RunFixture.of("2026-11-23",
				RunFixture.TOTALS.replace("\"judged\": 18, \"dataErrors\": 0", "\"judged\": 3, \"dataErrors\": 15"));
		run.database()
			.jdbc()
			.sql("UPDATE keysteward.run_source SET remasked = 3, definition_file = 'keys.json'")
			.update();
		assertThat(letter(run, false, true).warnings())
			.anyMatch((line) -> line.endsWith("Nothing of it was stored unmasked. Correct its keys.json."))
			.anyMatch((line) -> line.endsWith("See whether its keys.json is right."))
			.noneMatch((line) -> line.contains("select.sql"));
	}

	@Test
	void manyDataErrorsAreToldAtOnce() {
		RunFixture run = RunFixture.of("2026-11-23",
				RunFixture.TOTALS.replace("\"judged\": 18, \"dataErrors\": 0", "\"judged\": 3, \"dataErrors\": 15"));
		assertThat(letter(run, false, true).warnings()).singleElement()
			.asString()
			.startsWith("15 of 18 keys of ")
			.endsWith(" could not be judged: the sheet Data errors says why. See whether its select.sql is right.");
	}

	@Test
	void whatKeystewardDisabledIsNotAmongWhatWasResolved() {
		RunFixture run = RunFixture.of("2026-11-23", RunFixture.TOTALS.replace("\"resolvedFindings\": 11",
				"\"resolvedFindings\": 2, \"disabledFindings\": 9"));
		assertThat(letter(run, false, true).changes()).extracting((figure) -> figure.value() + " " + figure.label())
			.endsWith("2 resolved", "9 ended by disabling");
	}

	@Test
	void totalsThatDoNotReconcileAreToldAtOnce() {
		RunFixture run = RunFixture.of("2026-11-23", RunFixture.TOTALS.replace("\"read\": 18", "\"read\": 19"));
		assertThat(this.templates.write("governance.txt", letter(run, false, true)))
			.contains("The control totals of Build servers (ci) do not reconcile: 19 rows read, 18 stored.");
	}

	@Test
	void aNarrowedRunSaysWhatItLookedAt() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.update("narrowed = true, projects = '{billing}'");
		assertThat(this.templates.write("governance.txt", letter(run, false, true))).contains(
				"This run was narrowed to source api-keys, ci and project billing: other keys were not looked at.");
	}

	@Test
	void aReportThatReplacesAnIncompleteOneSaysSo() {
		MailModel letter = letter(RunFixture.of("2026-11-23"), true, true);
		assertThat(this.templates.write("governance.txt", letter)).startsWith("This report is complete. It replaces");
		assertThat(this.templates.write("governance.html", letter)).contains("It replaces the one marked INCOMPLETE");
	}

	@Test
	void aRunThatMayDisableDoesNotClaimThatNothingWas() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.update("mode = 'DISABLE'");
		MailModel letter = letter(run, false, true);
		assertThat(letter.subject()).doesNotContain("nothing disabled");
		assertThat(this.templates.write("governance.txt", letter)).doesNotContain("Nothing was disabled");
	}

	@Test
	void exemptionsThatCannotBeReadAreInTheSubjectOfAReportToo() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.hold("EXEMPT", "", "config/exemptions.yaml cannot be read.");
		assertThat(letter(run, false, true).subject()).endsWith("nothing disabled (report only), HELD (EXEMPT)");
	}

	@Test
	void aRunThatMayDisableAndDidNothingSaysSo() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.update("mode = 'DISABLE'");
		run.actions("""
				"disabled": 0, "wouldDisable": 0, "skippedChanged": 0, "failed": 0, "unsettled": 0, "held": 0""");
		assertThat(letter(run, false, true).subject()).endsWith(" warnings, nothing disabled");
		assertThat(letter(run, false, true).done()).containsExactly("No key was disabled.");
	}

	@Test
	void twentyUnsentNoticesAndAlarmsAreNamedAndTheOthersCounted() {
		RunFixture run = RunFixture.of("2026-11-23");
		for (int i = 10; i < 33; i++) {
			run.failed("u" + i + "@example.org\r\nBcc: all", "550 <b>no</b>");
			run.activeAgain("ci", "k" + i + "\u202E");
		}
		MailModel letter = letter(run, false, true);
		assertThat(letter.warnings()).hasSize(22)
			.startsWith("23 notices to owners were not sent:", "u10@example.org\\u000D\\u000ABcc: all: 550 <b>no</b>")
			.endsWith("and 3 more.");
		assertThat(letter.alarms()).hasSize(21)
			.endsWith("and 3 more.")
			.first()
			.asString()
			.startsWith("ci/k10\\u202E: ");
		assertThat(this.templates.write("governance.html", letter)).doesNotContain("<b>no</b>");
	}

	@Test
	void aLargeWorkbookIsPointedTo() {
		assertThat(this.templates.write("governance.txt", letter(RunFixture.of("2026-11-23"), false, false)))
			.contains("Too large to attach (12.0 MB). It is at /reports/keysteward-2026-11-23.xlsx")
			.contains("Workbook SHA-256: " + SHA256);
	}

	@Test
	void withoutAWorkbookTheMailSaysWhereTheJsonDocumentIs(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("keysteward-2026-11-23.json"), "{}");
		RunFixture run = RunFixture.of("2026-11-23");
		List<MailedReport> reports = List.of(new MailedReport("json", "JSON document", false, file, SHA256));
		ReportAttachment json = ReportAttachment.prepare(run.run(), reports.get(0), RunFixture.SETTINGS);
		MailModel letter = GovernanceMailComposer.of(run.run(), run.sources(), run.events().find(run.id(), null), json,
				reports, null, false);
		assertThat(json.attached()).isFalse();
		for (String template : List.of("governance.txt", "governance.html")) {
			assertThat(new Templates().write(template, letter)).contains("JSON document", "JSON document SHA-256",
					"No workbook is written (keysteward.report.formats), and the JSON document is not attached (2 bytes)."
							+ " It is at " + file,
					"the JSON document names all")
				.doesNotContain("Workbook");
		}
	}

	@Test
	void whoeverCannotReachThePathIsToldHowToGetAtIt() {
		MailSettings settings = new MailSettings(null, List.of(), RunFixture.ATTACHMENT, null, false, null, List.of(),
				"kubectl -n keysteward cp reader:{path} {name}");
		ReportAttachment workbook = new ReportAttachment("workbook", "keysteward-2026-11-23.xlsx",
				settings.place(Path.of("/reports/keysteward-2026-11-23.xlsx")), 12 * 1024 * 1024, SHA256, null,
				"Too large to attach");
		RunFixture run = RunFixture.of("2026-11-23");
		assertThat(GovernanceMailComposer
			.of(run.run(), run.sources(), run.events().find(run.id(), null), workbook, REPORTS, null, false)
			.report())
			.endsWith("(12.0 MB). To get it: kubectl -n keysteward cp reader:/reports/keysteward-2026-11-23.xlsx"
					+ " keysteward-2026-11-23.xlsx");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cp {file}", "cp {path} {nam}", "cp {}", "cp {path" })
	void whatStandsForNothingIsRefused(String text) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(
					() -> new MailSettings(null, List.of(), RunFixture.ATTACHMENT, null, false, null, List.of(), text))
			.matches((failure) -> failure.kind() == Failure.Kind.CONFIGURATION)
			.withMessageStartingWith("keysteward.mail.fetch-workbook: '{")
			.withMessageEndingWith("' is not allowed; {path} and {name} are, for the workbook's");
	}

	@ParameterizedTest
	@CsvSource({ "nightly-29401440, 2026-11-23 nightly-29401440", "2026-11-23, 2026-11-23",
			"by-hand-2026-11-23-1430, by-hand-2026-11-23-1430", "as-of-2026-11-22, 2026-11-23 as-of-2026-11-22" })
	void theSubjectSaysTheDayWhereTheRunKeyDoesNot(String runKey, String subject) {
		assertThat(letter(RunFixture.of(runKey), false, true).subject())
			.startsWith("[Keysteward][prod] " + subject + ": ");
	}

	private static MailModel letter(String name) {
		RunFixture run = switch (name) {
			case "clean" -> RunFixture.of("2026-11-23", clean());
			case "incomplete" -> RunFixture.of("2026-11-23",
					RunFixture.TOTALS.replaceFirst(",\\s+\\{\"source\": \"ci\"[^}]+}", "").replace("50", "47"));
			default -> RunFixture.of("2026-11-23");
		};
		if (name.equals("first")) {
			run.update("baseline_run_id = NULL");
		}
		if (name.equals("incomplete") || name.equals("nothing-read")) {
			run.source("ci", "Build servers", "FAILED",
					"source \"ci\": the connection was refused; start the run again");
		}
		if (name.equals("nothing-read")) {
			run.update("totals = NULL");
			run.source("api-keys", "API key records", "PENDING", null);
		}
		switch (name) {
			case "disabled" -> disabled(run);
			case "held" -> held(run);
			case "would" -> run.actions(
					"""
							"disabled": 0, "wouldDisable": 5, "skippedChanged": 0, "failed": 0, "unsettled": 0, "held": 12, "heldBy":
							[{"gate": "LEVEL", "keys": 10}, {"gate": "NOTICE", "keys": 2}]""");
			default -> {
			}
		}
		return letter(run, false, true);
	}

	private static void disabled(RunFixture run) {
		run.update("mode = 'DISABLE'");
		run.actions("""
				"disabled": 3, "wouldDisable": 0, "skippedChanged": 1, "failed": 2, "unsettled": 1, "held": 1, "heldBy":
				[{"gate": "NOTICE", "keys": 1}]""");
		run.activeAgain("ci", "k-17");
		run.hold("FRESH", "ci", "no key was used within the last 48 hours.");
		run.failed("ada@example.org", "550 no such user");
		run.failed("grace@example.net", "example.net is not in keysteward.mail.allowed-domains");
	}

	private static void held(RunFixture run) {
		run.update("mode = 'DISABLE'");
		run.actions(
				"""
						"disabled": 0, "wouldDisable": 0, "skippedChanged": 0, "failed": 0, "unsettled": 0, "held": 31, "heldBy":
						[{"gate": "NOTICE", "keys": 1}, {"gate": "BREAKER", "keys": 30}]""");
		run.hold("BREAKER", "", "30 keys are due, more than keysteward.disable.max-keys: 20.");
	}

	private static String clean() {
		return RunFixture.TOTALS.replaceAll("\"(keys|flagged|flaggedKeys|newFindings|worseFindings)\": \\d+",
				"\"$1\": 0");
	}

	private static MailModel letter(RunFixture run, boolean replaces, boolean attached) {
		ReportAttachment workbook = new ReportAttachment("workbook", "keysteward-2026-11-23.xlsx",
				RunFixture.SETTINGS.place(Path.of("/reports/keysteward-2026-11-23.xlsx")),
				attached ? 1_258_291 : 12 * 1024 * 1024, SHA256, attached ? new ByteArrayResource(new byte[1]) : null,
				attached ? "" : "Too large to attach");
		return GovernanceMailComposer.of(run.run(), run.sources(), run.events().find(run.id(), null), workbook, REPORTS,
				"prod", replaces);
	}

	private static String subject(String name) {
		String state = switch (name) {
			case "incomplete" -> "INCOMPLETE, 12 violations, 45 warnings";
			case "nothing-read" -> "INCOMPLETE, no source could be read";
			case "clean" -> "0 violations, 0 warnings";
			default -> "12 violations, 45 warnings";
		};
		String done = switch (name) {
			case "disabled" -> ", 3 disabled, 2 FAILED, partly HELD (FRESH)";
			case "held" -> ", disabling HELD (BREAKER)";
			default -> ", nothing disabled (report only)";
		};
		String alarm = name.equals("disabled") ? "ALARM for 1 disabled key, " : "";
		return "[Keysteward][prod] 2026-11-23: " + alarm + state + done;
	}

	/**
	 * What was written stays in target/golden, to be looked at, and copied if it is
	 * right.
	 */
	private static String written(String file, String content) throws IOException {
		Path actual = Path.of("target/golden/governance-" + file);
		Files.createDirectories(actual.getParent());
		Files.writeString(actual, content);
		return content;
	}

	private static Path golden(String file) {
		return Path.of("src/test/resources/io/keysteward/notice/mail/governance-" + file);
	}

}
