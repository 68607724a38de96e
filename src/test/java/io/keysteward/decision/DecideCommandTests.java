package io.keysteward.decision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

import io.keysteward.Register;
import io.keysteward.RunHistory;
import io.keysteward.lock.RunLocks;
import io.keysteward.report.workbook.WorkbookText;
import org.apache.poi.ss.usermodel.CellCopyPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody decides in the workbook is what the next run does, and nothing else.
 */
class DecideCommandTests {

	private final Register register;

	private final Path directory;

	DecideCommandTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-05-01T00:00:00Z")
			.key("older", "2025-11-01", "2026-03-01T00:00:00Z")
			.key("young", "2025-12-01", "2026-08-27T00:00:00Z")
			.key("busy", "2026-10-01", "2026-10-31T00:00:00Z");
	}

	@BeforeEach
	void aRunWritesTheWorkbook() {
		RunHistory.of(this.register, "2026-11-01", () -> run("2026-11-01"));
	}

	@Test
	void whatWasUnderstoodIsPrintedAndNothingIsStoredUntilItIsApplied() {
		Path file = filled((form) -> form.decide("dead", "keep", "Runs once a year.")
			.set("dead", "Until", "2027-01-04")
			.decide("older", " DISABLE ", "")
			.decide("young", "new owner", "She moved on.")
			.set("young", "New owner", "ada.new@example.com"));
		decide(file);
		assertThat(this.register.out()).startsWith("filled.xlsx: run 2026-11-01, as of 2026-11-01 00:00 UTC\n")
			.contains(
					"console/dead \"service dead\": keep until Monday 2027-01-04, the first day without it, decided by"
							+ " grace@example.com: Runs once a year.\n",
					"console/older \"service older\": disable, decided by grace@example.com\n",
					"console/young \"service young\": new owner ada.new@example.com, decided by grace@example.com: She"
							+ " moved on.\n",
					"3 of 3 flagged keys of the run decided here (1 keep, 1 disable, 1 new owner); 0 left undecided by it\n")
			.endsWith("Nothing is stored yet: 3 decisions would be with --apply.\n");
		assertThat(stored()).isEmpty();
		apply(file);
		assertThat(this.register.out()).endsWith("3 decisions are stored.\n");
		assertThat(stored()).hasSize(3);
	}

	@Test
	void theSameFileAgainChangesNothingNorDoTheSameDecisionsInOtherBytes() {
		Path file = filled((form) -> form.decide("dead", "keep", "Runs once a year."));
		apply(file);
		List<String> stored = stored();
		apply(file);
		assertThat(this.register.out()).contains("(stored already)").contains("This file was applied on ");
		Path again = filled((form) -> {
			form.decide("dead", "Keep", "Runs once a year.");
			form.workbook().createSheet("Mine");
		});
		apply(again);
		assertThat(this.register.out()).endsWith("All of it is stored already; nothing is stored again.\n");
		assertThat(stored()).isEqualTo(stored).hasSize(1);
	}

	/** Whoever sends an old copy once more does not bring back what it said. */
	@Test
	void anAppliedFileDoesNotTakeBackWhatWasDecidedAfterIt() throws IOException {
		Path first = filled((form) -> form.decide("dead", "disable", "Nobody needs it."));
		apply(first);
		Path kept = Files.copy(first, this.directory.resolve("copy.xlsx"));
		apply(filled((form) -> form.decide("dead", "keep", "We do need it.")));
		apply(kept);
		assertThat(this.register.out()).contains("This file was applied on ");
		assertThat(stored()).containsExactly("DISABLE dead", "KEEP dead");
	}

	@Test
	void whatIsKeptIsExemptFromTheNextRunOnUntilItsDay() throws IOException {
		apply(filled(
				(form) -> form.decide("dead", "exempt until", "Runs once a year.").set("dead", "Until", "2026-12-20")));
		run("2026-11-02");
		explain("dead");
		assertThat(this.register.out()).startsWith("console/dead: It is not disabled: held by EXEMPT")
			.contains("exempt by decision 1: ");
		assertThat(sheet("2026-11-02", "Exemptions")).contains("decision 1 | ")
			.contains("grace@example.com | filled.xlsx of run 2026-11-01, applied by ");
		this.register.governance().sql("UPDATE keysteward.decision SET ends_at = '2026-11-03Z'").update();
		run("2026-11-03");
		explain("dead");
		assertThat(this.register.out()).doesNotContain("EXEMPT  closed").contains("EXEMPT       open");
	}

	/** An id may be used again. */
	@Test
	void whatIsKeptIsTheKeyAsItWasAndNotAnotherOneWithItsId() {
		apply(filled((form) -> form.decide("dead", "keep", "Runs once a year.")));
		this.register.keys().sql("UPDATE api_key SET created_at = '2025-12-02Z' WHERE id = 'dead'").update();
		run("2026-11-02");
		explain("dead");
		assertThat(this.register.out()).contains("EXEMPT       open");
	}

	@Test
	void keepWithoutADayEndsWhenAnExemptionMayLastNoLonger() {
		apply(filled((form) -> form.decide("dead", "keep", "Runs once a year.")));
		assertThat(this.register.out()).contains("keep until Saturday 2027-01-30, the first day without it");
	}

	@Test
	void anApprovalIsAskedForByItsGateAndNamedByExplainAndOnTheSheet() throws IOException {
		this.register.set("keysteward.disable.approval", "required");
		run("2026-11-02");
		explain("dead");
		assertThat(this.register.out()).containsSubsequence(
				"APPROVAL     closed: No decision to disable it is in force.\n",
				"Opens when somebody writes disable in the column Decision of a report's workbook, and the command decide"
						+ " takes it (disable.approval-valid 14d).\n");
		apply(filled("2026-11-02", (form) -> form.decide("dead", "disable", "")));
		run("2026-11-03");
		explain("dead");
		assertThat(this.register.out())
			.contains("APPROVAL     open: Somebody has decided to disable it, by a workbook that is not too old"
					+ " (disable.approval-valid 14d).\n")
			.contains("  grace@example.com decided in the workbook of run 2026-11-02: disable");
		assertThat(sheet("2026-11-03", "Decisions"))
			.contains("1 | console | dead | disable |  |  |  | grace@example.com |" + " approved |  | ")
			.contains(" | filled.xlsx | ");
		run("2026-11-18");
		explain("dead");
		assertThat(this.register.out()).contains("APPROVAL     closed: grace@example.com decided to disable it by the"
				+ " workbook of 2026-11-02, which is more than 14 days ago.\n");
	}

	@Test
	void aNewOwnerTakesAnApprovalBack() {
		this.register.set("keysteward.disable.approval", "required");
		apply(filled((form) -> form.decide("dead", "disable", "")));
		run("2026-11-02");
		apply(filled("2026-11-02",
				(form) -> form.decide("dead", "new owner", "Ask Ada.").set("dead", "New owner", "ada@example.com")));
		run("2026-11-03");
		explain("dead");
		assertThat(this.register.out()).contains("APPROVAL     closed: No decision to disable it is in force.");
	}

	@Test
	void whatANewOwnerTakesBackIsSaidBeforeItIsStoredAndNotCalledInForceAfterwards() {
		apply(filled((form) -> form.decide("dead", "disable", "")));
		Path given = filled(
				(form) -> form.decide("dead", "new owner", "Ask Ada.").set("dead", "New owner", "ada@example.com"));
		apply(given);
		assertThat(this.register.out()).contains("new owner ada@example.com, decided by grace@example.com: Ask Ada.\n"
				+ "  this takes back: disable, decided by grace@example.com\n");
		decide(filled((form) -> form.decide("dead", "keep", "Ada needs it.")));
		assertThat(this.register.out()).contains(": Ada needs it.\n").doesNotContain("before:", "takes back");
	}

	@Test
	void aFileThatWasAppliedNamesWhatHasReplacedItSince() {
		Path first = filled((form) -> form.decide("dead", "keep", "Needed."));
		apply(first);
		first = copied(first);
		apply(filled((form) -> form.decide("dead", "disable", "")));
		assertThat(this.register.out()).contains("  before: keep until ")
			.contains(" decided by grace@example.com: Needed.\n");
		apply(first);
		assertThat(this.register.out())
			.contains("Needed. (stored already)\n  replaced since by: disable, decided by" + " grace@example.com\n");
	}

	@Test
	void aKeepThatAnApprovalReplacedIsReplacedThoughANewOwnerTookThatBack() {
		Path first = filled((form) -> form.decide("dead", "keep", "Needed."));
		apply(first);
		first = copied(first);
		apply(filled((form) -> form.decide("dead", "disable", "")));
		apply(filled(
				(form) -> form.decide("dead", "new owner", "Ask Ada.").set("dead", "New owner", "ada@example.com")));
		decide(first);
		assertThat(this.register.out()).contains("(stored already)\n  replaced since by: disable, decided by");
	}

	/** The end of a permission without a day follows from a setting. */
	@Test
	void anotherSettingReplacesNoDecision() {
		Path file = filled((form) -> form.decide("dead", "keep", "Needed."));
		apply(file);
		this.register.set("keysteward.exemptions.max-lifetime", "60d");
		decide(file);
		assertThat(this.register.out()).contains("(stored already)\n").doesNotContain("replaced since by");
	}

	@Test
	void aPermissionOfAKeyWhoseCreationNobodyKnewIsInForceOnceItIsKnown() throws IOException {
		this.register.keys()
			.sql("ALTER TABLE api_key ALTER created_at DROP NOT NULL; UPDATE api_key SET created_at = NULL WHERE id = 'dead'")
			.update();
		run("2026-11-02");
		apply(filled("2026-11-02", (form) -> form.decide("dead", "keep", "Needed.")));
		this.register.keys().sql("UPDATE api_key SET created_at = '2025-12-01Z' WHERE id = 'dead'").update();
		run("2026-11-03");
		assertThat(sheet("2026-11-03", "Decisions")).containsPattern("dead \\| keep .*\\| in force \\|");
		explain("dead");
		assertThat(this.register.out()).contains("exempt by decision 1");
	}

	/** What is recorded and has no effect is not called approved or in force. */
	@Test
	void theSheetSaysOfEachDecisionWhetherItHasAnEffect() throws IOException {
		this.register.set("keysteward.disable.approval", "required");
		this.register.set("keysteward.disable.approval-valid", "2d");
		apply(filled((form) -> form.decide("dead", "disable", "")
			.decide("older", "disable", "")
			.decide("young", "keep", "Needed.")));
		this.register.keys()
			.sql("UPDATE api_key SET created_at = created_at + interval '1 day' WHERE id IN ('dead', 'young')")
			.update();
		run("2026-11-03");
		assertThat(sheet("2026-11-03", "Decisions")).contains("| dead | disable |")
			.containsPattern("dead \\| disable .*\\| of no effect: its key has another creation \\|")
			.containsPattern("young \\| keep .*\\| of no effect: its key has another creation \\|")
			.containsPattern("older \\| disable .*\\| approved \\|");
		run("2026-11-04");
		assertThat(sheet("2026-11-04", "Decisions"))
			.containsPattern("older \\| disable .*\\| of no effect: approved too long ago \\|");
		apply(filled("2026-11-04", (form) -> form.decide("older", "disable", "")));
		assertThat(this.register.execute("runs", "--set-aside=2026-11-04", "--reason=x")).as(this.register.err())
			.isZero();
		run("2026-11-05");
		assertThat(sheet("2026-11-05", "Decisions"))
			.containsPattern("older \\| disable .*\\| of no effect: its run was set aside \\|");
	}

	@Test
	void whatOpensNoGateIsSaid() {
		this.register.key("fresh", "2024-01-01", "2026-10-31T00:00:00Z");
		run("2026-11-02");
		decide(filled("2026-11-02", (form) -> form.decide("fresh", "disable", "").decide("dead", "disable", "")));
		assertThat(this.register.out())
			.containsSubsequence("console/fresh ",
					"\n  note: it has no finding IDLE, and without one no key is disabled\n")
			.containsOnlyOnce("  note: ")
			.contains("No approval is required here (keysteward.disable.approval): 'disable' ends an earlier 'keep' or"
					+ " 'exempt until', and changes nothing else\n");
		this.register.set("keysteward.disable.approval", "required");
		this.register.set("keysteward.disable.approval-valid", "1d");
		decide(filled("2026-11-02", (form) -> form.decide("dead", "disable", "")));
		assertThat(this.register.out()).contains(
				"The run is more than 1 day ago (keysteward.disable.approval-valid): 'disable' ends an earlier 'keep'"
						+ " or 'exempt until', and approves nothing any more; decide in the workbook of a later run\n");
	}

	@Test
	void theLaterRunSaysWhyItHasNoFindingForAKey() {
		this.register.keys().sql("DELETE FROM api_key WHERE id = 'dead'").update();
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'older'").update();
		this.register.keys()
			.sql("UPDATE api_key SET created_at = '2026-11-01Z', last_used_at = NULL WHERE id = 'young'")
			.update();
		run("2026-11-02");
		decide(filled((form) -> form.decide("dead", "disable", "")
			.decide("older", "disable", "")
			.decide("young", "disable", "")));
		assertThat(this.register.out())
			.containsSubsequence("console/dead ", "\n  since then: run 2026-11-02 has not found it in its source\n")
			.containsSubsequence("console/older ", "\n  since then: run 2026-11-02 has found that it is not active\n")
			.containsSubsequence("console/young ",
					"\n  since then: run 2026-11-02 has found another key with its id, created on 2026-11-01\n");
	}

	@Test
	void faultsComeInTheOrderOfTheRows() {
		refused(filled((form) -> {
			form.decide("dead", "kepe", "x").decide("older", "keep", "x").decide("young", "keep", "x");
			form.set("older", "Owner", "Somebody").set("young", "Row", "x");
		}));
		List<String> rows = this.register.out()
			.lines()
			.filter((line) -> line.matches("row \\d+: (Decision|Owner|the hidden cell).*"))
			.map((line) -> line.replaceFirst(":.*", ""))
			.toList();
		assertThat(rows).hasSize(3).isSorted();
	}

	/** Of a million keys every sixth may be flagged, and one answer filled down. */
	@Test
	void veryManyDecisionsAreStoredAndFoundAgain() {
		this.register.keys().sql("""
				INSERT INTO api_key (id, name, masked_key, created_at, last_used_at)
				SELECT 'many-' || n, 'service ' || n, 'sk-a****9xQ2', '2025-12-01Z', '2026-05-01Z'
				FROM generate_series(1, 5100) n
				""").update();
		run("2026-11-02");
		Path file = filled("2026-11-02", FilledWorkbook::disableAll);
		apply(file);
		assertThat(this.register.out()).endsWith("5103 decisions are stored.\n");
		assertThat(stored()).hasSize(5103);
		Path again = filled("2026-11-02", (form) -> form.disableAll().decide("dead", "keep", "Not this one."));
		decide(again);
		assertThat(this.register.out()).endsWith("Nothing is stored yet: 1 decision would be with --apply.\n");
	}

	@Test
	void whatHasChangedSinceIsSaidOfEachRow() {
		this.register.keys().sql("UPDATE api_key SET last_used_at = '2026-11-01T12:00:00Z' WHERE id = 'dead'").update();
		this.register.keys().sql("UPDATE api_key SET name = 'crawler' WHERE id = 'older'").update();
		run("2026-11-02");
		decide(filled((form) -> form.decide("dead", "disable", "")
			.decide("older", "disable", "")
			.decide("young", "disable", "")));
		assertThat(this.register.out())
			.containsSubsequence("console/older ", "\n  since then: Name was 'service older', and" + " is 'crawler'\n")
			.containsSubsequence("console/dead ", "\n  since then: run 2026-11-02 has no finding for it\n")
			.contains("'since then' compares with run 2026-11-02, the newest\n")
			.doesNotContain("Idle days was");
	}

	@Test
	void aLaterWorkbooksDecisionIsNotReplacedByAnEarlierOne() {
		run("2026-11-02");
		apply(filled("2026-11-02", (form) -> form.decide("dead", "keep", "Needed.")));
		refused(filled((form) -> form.decide("dead", "disable", "")));
		assertThat(this.register.out()).contains(": grace@example.com has decided 'keep' about this key in the later"
				+ " workbook of run 2026-11-02; decide in that one, or in a later one\n");
		assertThat(stored()).containsExactly("KEEP dead");
	}

	/** The new owner was not asked. */
	@Test
	void anEarlierWorkbookDoesNotApproveWhatALaterOneGaveToSomebodyElse() throws IOException {
		run("2026-11-02");
		apply(filled("2026-11-02",
				(form) -> form.decide("dead", "new owner", "Ask Ada.").set("dead", "New owner", "ada@example.com")));
		refused(filled((form) -> form.decide("dead", "disable", "")));
		assertThat(this.register.out())
			.contains(": grace@example.com has decided 'new owner' about this key in the later"
					+ " workbook of run 2026-11-02; decide in that one, or in a later one\n");
		assertThat(stored()).containsExactly("NEW_OWNER dead");
	}

	@Test
	void anApprovalThatANewOwnerTookBackComesBackInALaterWorkbookOnly() throws IOException {
		apply(filled((form) -> form.decide("dead", "disable", "")));
		apply(filled(
				(form) -> form.decide("dead", "new owner", "Ask Ada.").set("dead", "New owner", "ada@example.com")));
		Path again = filled((form) -> {
			form.decide("dead", "disable", "");
			form.workbook().createSheet("Mine");
		});
		refused(again);
		assertThat(this.register.out())
			.contains(": grace@example.com has decided 'new owner' about this key in a workbook"
					+ " of the same run; decide in that of a later run\n");
		run("2026-11-02");
		assertThat(sheet("2026-11-02", "Decisions"))
			.contains("1 | console | dead | disable |  |  |  | grace@example.com | replaced by decision 2 | ");
		apply(filled("2026-11-02", (form) -> form.decide("dead", "disable", "")));
		assertThat(stored()).containsExactly("DISABLE dead", "NEW_OWNER dead", "DISABLE dead");
	}

	/** Nobody can correct it, and nothing is wrong with it. */
	@Test
	void aKeptKeyThatIsGoneIsNoMistypedExemption() throws IOException {
		apply(filled((form) -> form.decide("dead", "keep", "Needed.")));
		this.register.keys().sql("DELETE FROM api_key WHERE id = 'dead'").update();
		run("2026-11-02");
		assertThat(sheet("2026-11-02", "Exemptions")).contains("decision 1 | protects nothing | ")
			.doesNotContain("fits no key");
	}

	@Test
	void everyBadRowIsSaidAtOnceAndNothingIsTakenByHalves() {
		refused(filled((form) -> form.decide("dead", "kepe", "x")
			.decide("older", "exempt until", "")
			.decide("young", "keep", "Fine.")));
		assertThat(this.register.out()).contains(
				": Decision 'kepe' is not allowed; choose one of: keep, exempt until, disable, new owner. Did you mean"
						+ " 'keep'?\n",
				": Reason is empty; 'exempt until' needs one\n",
				": Until is empty; 'exempt until' needs the first day without it, such as 2027-01-30\n",
				"young \"service young\": keep until")
			.endsWith("Nothing is stored.\n");
		assertThat(this.register.err())
			.contains("filled.xlsx: 3 faults, see the lines above; nothing is stored: correct the"
					+ " workbook, save it, and start decide again");
		assertThat(stored()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					keep         | Until     | 2027-02-30          | Until '2027-02-30' is no day of the calendar; write it so, or as a date
					keep         | Until     | 01/03/27            | Until '01/03/27' is not a day in the form 2027-03-31; write it so, or as a date
					keep         | Until     | 90d                 | Until '90d' is not a day in the form 2027-03-31
					keep         | Until     | 2026-10-31          | Until 2026-10-31 is not later than the day of the run, 2026-11-01; write a later day
					keep         | Until     | 2027-01-31          | Until 2027-01-31 is more than 90d after the run of 2026-11-01 (keysteward.exemptions.max-lifetime); write 2027-01-30
					disable      | Until     | 2027-01-01          | Until is not for 'disable'; empty it, or choose another decision
					keep         | New owner | ada@example.com     | New owner is not for 'keep'; empty it, or choose another decision
					new owner    | New owner | Ada                 | New owner 'Ada' is not one mail address such as ada@example.com
					new owner    | New owner | a@example.com,b@c.d | New owner 'a@example.com,b@c.d' is not one mail address
					new owner    | Until     | 2027-01-01          | Until is not for 'new owner'
					keep         | Decided by|                     | Decided by is empty; write who decides this
					keep         | Decided by| ​ ⁠         | Decided by is empty; write who decides this
					keep         | Reason    | ​                   | Reason is empty; 'keep' needs one
					exempt       | Until     | 2027-01-04          | Decision 'exempt' is not allowed; choose one of: keep, exempt until, disable, new owner. Did you mean 'exempt until'?
					new owner    | Decided by| Grace               | New owner is empty; 'new owner' needs the mail address to write to
					""")
	void aWrongCellIsNamedWithWhatIsAllowed(String decision, String header, String text, String line) {
		refused(filled(
				(form) -> form.decide("dead", decision, "Because.").set("dead", header, (text != null) ? text : "")));
		assertThat(this.register.out()).contains("row ").contains(": " + line);
		assertThat(stored()).isEmpty();
	}

	@Test
	void aReasonThatIsTooLongIsCounted() {
		refused(filled((form) -> form.decide("dead", "keep", "x".repeat(501))));
		assertThat(this.register.out()).contains(": Reason has 501 characters; write up to 500\n");
	}

	@Test
	void withoutAnAnswerNothingIsDecided() {
		apply(filled((form) -> form.set("dead", "Decided by", "grace@example.com").set("older", "Reason", "Hm.")));
		assertThat(this.register.out())
			.contains("0 of 3 flagged keys of the run decided here; 3 left undecided by it\n")
			.contains(" has a day, an owner or a reason, and no decision: that decides nothing\n")
			.endsWith("It decides nothing, so nothing is stored.\n");
		assertThat(stored()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Owner, Somebody", "Key id, other", "Last used (UTC), 2026-10-31 00:00", "Level, WARN",
			"Idle days, 12", "Owner email, eve@example.com" })
	void eachEditedCellOfTheEvidenceIsNamedAlsoWhereNobodyDecides(String header, String text) {
		refused(filled((form) -> form.decide("older", "disable", "").set("dead", header, text)));
		assertThat(this.register.out()).containsPattern("row \\d: " + header.replace("(", "\\(").replace(")", "\\)")
				+ ": the report has '.*', the file has '" + text + "'\n");
		assertThat(stored()).isEmpty();
	}

	@Test
	void aFormulaIsRefusedWhateverItShows() {
		refused(filled((form) -> {
			form.decide("dead", "keep", "Because.");
			form.cell("dead", "Decision").setCellFormula("\"keep\"");
			form.cell("dead", "Until").setCellFormula("TODAY()+90");
			form.workbook().getCreationHelper().createFormulaEvaluator().evaluateAll();
		}));
		assertThat(this.register.out())
			.contains(": Decision is a formula, which computes something else tomorrow; type its" + " value\n");
	}

	@Test
	void aDecisionInAHiddenRowCountsAndIsCountedAloud() {
		decide(filled((form) -> {
			form.decide("dead", "disable", "").decide("older", "disable", "");
			form.row("older").setZeroHeight(true);
		}));
		assertThat(this.register.out()).contains("1 of them stands in a hidden row");
	}

	@Test
	void aRowThatWasCopiedAndIsDecidedTwiceIsRefused() {
		refused(filled((form) -> {
			form.decide("dead", "disable", "");
			form.findings()
				.copyRows(form.row("dead").getRowNum(), form.row("dead").getRowNum(), 20, new CellCopyPolicy());
		}));
		assertThat(this.register.out()).contains("row 21: shows the same key as row ");
	}

	@Test
	void aRowWithoutItsMarkIsRefused() {
		refused(filled((form) -> form.decide("dead", "disable", "")
			.set("dead", "Row", "")
			.decide("older", "disable", "")
			.set("older", "Row", "keysteward-2/x/y/z")));
		assertThat(this.register.out())
			.contains(": the hidden cell Row is empty, so that nobody knows which key it is about;"
					+ " copy the whole row from the report\n", ": the hidden cell Row was edited, ");
	}

	/** Whoever swaps two marks would have the decision of one key taken for another. */
	@Test
	void marksThatWereSwappedShowAsEditedEvidence() {
		refused(filled((form) -> {
			form.decide("dead", "disable", "");
			String dead = form.cell("dead", "Row").toString();
			form.set("dead", "Row", form.cell("older", "Row").toString()).set("older", "Row", dead);
		}));
		assertThat(this.register.out()).contains(": Key id: the report has 'older', the file has 'dead'\n",
				": Key id: the report has 'dead', the file has 'older'\n");
	}

	@Test
	void aWorkbookOfAnotherInstallationIsRefused() {
		Path file = filled((form) -> form.decide("dead", "disable", ""));
		this.register.governance().sql("UPDATE keysteward.installation SET id = gen_random_uuid()").update();
		assertThat(this.register.execute("decide", file.toString())).isEqualTo(2);
		assertThat(this.register.err()).contains("filled.xlsx: was written by another installation (").hasLineCount(1);
	}

	@Test
	void aWorkbookOfARunThatIsSetAsideOrNotKeptIsRefused() {
		Path file = filled((form) -> form.decide("dead", "disable", ""));
		this.register.governance().sql("UPDATE keysteward.run SET has_inventory = false").update();
		assertThat(this.register.execute("decide", file.toString())).isEqualTo(2);
		assertThat(this.register.err()).contains("its inventory is not kept any more").hasLineCount(1);
		this.register.governance().sql("UPDATE keysteward.run SET has_inventory = true").update();
		assertThat(this.register.execute("runs", "--set-aside=2026-11-01", "--reason=clock")).as(this.register.err())
			.isZero();
		assertThat(this.register.execute("decide", file.toString())).isEqualTo(2);
		assertThat(this.register.err()).contains("filled.xlsx: is of run 2026-11-01, which is set aside")
			.hasLineCount(1);
		this.register.governance().sql("UPDATE keysteward.run SET run_key = 'another'").update();
		assertThat(this.register.execute("decide", file.toString())).isEqualTo(2);
		assertThat(this.register.err())
			.contains("filled.xlsx: is of run 2026-11-01, which is not a run of this installation")
			.hasLineCount(1);
	}

	@Test
	void columnsAreFoundByTheirHeadersWhereverTheyAre() {
		apply(filled((form) -> {
			form.decide("dead", "keep", "Because.");
			int last = form.findings().getRow(0).getLastCellNum();
			int owner = form.column("Owner");
			form.findings().getTables().get(0).getCTTable().unsetAutoFilter();
			for (var row : form.findings()) {
				row.createCell(last).setCellValue(row.getCell(owner).toString());
				row.getCell(owner).setCellValue((row.getRowNum() == 0) ? "Mine" : "whatever");
			}
			form.workbook().setSheetOrder("Findings", 0);
		}));
		assertThat(stored()).containsExactly("KEEP dead");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Owner    | Besitzer | the column 'Owner' is missing in row 1, which must be the header
			Row      | Line     | the column 'Row' is missing in row 1
			Decision | decided  | the column 'Decision' is missing in row 1
			Name     | owner    | the column 'Name' is missing in row 1
			""")
	void aMissingColumnIsNamed(String header, String other, String line) {
		Path file = filled((form) -> form.findings().getRow(0).getCell(form.column(header)).setCellValue(other));
		assertThat(this.register.execute("decide", file.toString())).isEqualTo(2);
		assertThat(this.register.err()).contains("filled.xlsx: " + line).hasLineCount(1);
	}

	@Test
	void aSheetMoreOfThatNameOrNoneIsRefused() {
		Path none = filled(
				(form) -> form.workbook().setSheetName(form.workbook().getSheetIndex("Findings"), "Befunde"));
		assertThat(this.register.execute("decide", none.toString())).isEqualTo(2);
		assertThat(this.register.err()).contains("filled.xlsx: has no sheet 'Findings'");
	}

	@Test
	void whileARunIsUnderWayNothingIsApplied() throws SQLException {
		Path file = filled((form) -> form.decide("dead", "disable", ""));
		try (Connection other = this.register.governanceDatabase().dataSource().getConnection()) {
			other.createStatement().execute("SELECT keysteward.take_lock(" + RunLocks.RUN + ")");
			assertThat(this.register.execute("decide", file.toString(), "--apply")).isEqualTo(4);
			assertThat(this.register.execute("decide", file.toString())).isZero();
		}
		assertThat(stored()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nothing.xlsx | there is no such file; name the workbook that was filled in
			.            | cannot be read: it is a directory; name the workbook that was filled in
			""")
	void aFileThatIsNotThereIsNamed(String name, String line) {
		assertThat(this.register.execute("decide", this.directory.resolve(name).toString())).isEqualTo(2);
		assertThat(this.register.err()).contains(line).hasLineCount(1);
	}

	private Path filled(Consumer<FilledWorkbook> filling) {
		return filled("2026-11-01", filling);
	}

	private Path filled(String run, Consumer<FilledWorkbook> filling) {
		return FilledWorkbook.of(this.register.report(run), this.directory.resolve("filled.xlsx"), filling);
	}

	private Path copied(Path file) {
		try {
			return Files.copy(file, this.directory.resolve("copied.xlsx"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void decide(Path file) {
		assertThat(this.register.execute("decide", file.toString())).as(this.register.out() + this.register.err())
			.isZero();
	}

	private void apply(Path file) {
		assertThat(this.register.execute("decide", file.toString(), "--apply"))
			.as(this.register.out() + this.register.err())
			.isZero();
	}

	private void refused(Path file) {
		assertThat(this.register.execute("decide", file.toString(), "--apply")).as(this.register.out()).isEqualTo(2);
		assertThat(this.register.err()).hasLineCount(1);
	}

	private void explain(String key) {
		assertThat(this.register.execute("explain", "console/" + key)).as(this.register.err()).isZero();
	}

	private void run(String day) {
		assertThat(this.register.execute("run", "--as-of=" + day)).as(this.register.err()).isZero();
	}

	private String sheet(String run, String name) throws IOException {
		return String.join("\n",
				WorkbookText.rows(this.register.report(run), name)
					.stream()
					.map((row) -> String.join(" | ", row))
					.toList());
	}

	private List<String> stored() {
		return this.register.governance()
			.sql("SELECT kind || ' ' || key_id FROM keysteward.decision ORDER BY decision_id")
			.query(String.class)
			.list();
	}

}
