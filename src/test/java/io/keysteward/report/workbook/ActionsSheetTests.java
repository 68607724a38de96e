package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.TestSettings;
import io.keysteward.insight.UndoCommand;
import io.keysteward.report.ReportSettings;
import io.keysteward.run.Run;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.run.Totals;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class ActionsSheetTests {

	private final RunFixtures stored = new RunFixtures();

	private final long before = this.stored.open("2026-11-22", "2026-11-22T02:00:00Z", null);

	private final long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", this.before);

	private final Path directory;

	ActionsSheetTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void alarmsComeFirstThenWhatWasDoneThenWhatWasNot() throws IOException {
		everything();
		assertThat(rows()).extracting((row) -> row.get(0) + ": " + row.get(2))
			.containsExactly("Action: Key id", "Active again: reenabled", "Used after being disabled: used",
					"Disabled: done", "Failed: failed", "Skipped: changed: changed", "Not known yet: intended",
					"Not done yet: due", "Restored: restored", "Would be disabled: would", "Held: a-late",
					"Held: b-never");
	}

	@Test
	void theCountsAndTheAlarmsAreOnTheSummaryToo() throws IOException {
		everything();
		this.stored.update(this.id, "mode = 'DISABLE'");
		this.stored.hold(this.id, "BREAKER", "", "30 keys are due, more than 20.");
		this.stored.hold(this.id, "EXEMPT", "", "One exemption cannot be read.");
		Path file = write(this.stored.close(this.id), null);
		List<String> summary = WorkbookText.rows(file, "Summary").stream().map((row) -> String.join("|", row)).toList();
		assertThat(summary).contains(
				"Run 2026-11-23 · Disable: partly HELD (BREAKER, EXEMPT), 1 key was disabled · policy default",
				"Disabled|1", "Failed|1", "Skipped: changed|1", "Not known yet|2", "Held|2",
				"Restored since last run|1", "The whole run is held by BREAKER: 30 keys are due, more than 20.",
				"NOTICE|2");
		assertThat(summary.get(2)).startsWith("ALARM: key api-keys/reenabled: Disabled on 2026-11-22 02:01 UTC");
		assertThat(summary.get(3)).startsWith("ALARM: key api-keys/used: Disabled on 2026-11-22 02:01 UTC");
	}

	/**
	 * As when the source is read again after it: then the key is not active, and has no
	 * finding.
	 */
	@Test
	void aKeyThatWasDisabledIsNamedThoughItHasNoFindingAnyMore() throws IOException {
		for (String outcome : List.of("DISABLED", "FAILED", "SKIPPED_CHANGED")) {
			this.stored.key(this.id, outcome, "judgement = 'NOT_ACTIVE', status = 'DISABLED'");
			this.stored.action(this.id, outcome, "DISABLE", "DUE", outcome, "");
		}
		assertThat(rows()).extracting((row) -> row.get(3))
			.containsExactly("Name", "orders export", "orders export", "orders export");
	}

	@Test
	void onlyWhatWasRestoredSinceTheBaselineIsShown() throws IOException {
		restored("old", "2026-11-22T01:59:00Z");
		restored("since", "2026-11-22T02:01:00Z");
		restored("later", "2026-11-23T02:01:00Z");
		assertThat(rows()).extracting((row) -> row.get(2)).containsExactly("Key id", "since");
	}

	@Test
	void whatOwnersWereToldInThisRunIsShown() throws IOException {
		for (String key : List.of("taken", "refused")) {
			this.stored.key(this.id, key, "");
			this.stored.action(this.id, key, "DISABLE", "HELD", null, "");
		}
		this.stored.jdbc().sql("""
				WITH n AS (INSERT INTO keysteward.notice (run_id, kind, recipient, message_id, status, detail)
				           VALUES (:run, 'WARNING', 'a@example.com', 'taken', 'SENT', NULL),
				                  (:run, 'WARNING', 'b@example.com', 'refused', 'FAILED', '550 unknown')
				           RETURNING notice_id, message_id)
				INSERT INTO keysteward.notice_key (notice_id, source, key_id)
				SELECT notice_id, (SELECT min(source) FROM keysteward.key_snapshot), message_id FROM n
				""").param("run", this.id).update();
		assertThat(rows()).extracting((row) -> row.get(2), (row) -> row.get(13))
			.contains(tuple("taken", "WARNING taken by the mail server"),
					tuple("refused", "WARNING not taken: 550 unknown"));
	}

	@Test
	void aRunWithoutActionsSaysNone() throws IOException {
		assertThat(rows().get(1)).containsExactly("none");
	}

	@Test
	void aFullSheetGoesOnOnTheNext() throws IOException {
		for (int key = 10; key < 15; key++) {
			this.stored.key(this.id, "k" + key, "");
			this.stored.action(this.id, "k" + key, "DISABLE", "HELD", null, "");
		}
		Path file = write(this.stored.close(this.id), 4);
		assertThat(WorkbookText.rows(file, "Actions")).hasSize(4);
		assertThat(WorkbookText.rows(file, "Actions 2")).extracting((row) -> row.get(2))
			.containsExactly("Key id", "k13", "k14");
	}

	@Test
	void actionsThatAreNotInTheTotalsLeaveNoFileBehind() {
		Run run = this.stored.close(this.id);
		this.stored.totals(this.id,
				new Totals(List.of(), List.of(), 0, 0, 0, 0, 0L, new ActionTotals(1, 0, 0, 0, 0, 0, List.of())));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> write(this.stored.get(run.id()), null))
			.withMessageContaining("'Actions': planned keys stored: 0, but planned keys in the control totals: 1");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aRunThatIsOlderThanDisablingCanBeWrittenAgain() throws IOException {
		this.stored.close(this.id);
		this.stored.jdbc().sql("UPDATE keysteward.run SET totals = totals - 'actions'").update();
		Path file = write(this.stored.get(this.id), null);
		assertThat(WorkbookText.of(file)).contains("Keys | not counted: the run is older than disabling");
	}

	@Test
	void onlyADisabledKeyThatNobodyRestoredHasACommandThatUndoesIt() throws IOException {
		everything();
		this.stored.key(this.id, "odd 'id'", "");
		this.stored.action(this.id, "odd 'id'", "DISABLE", "DUE", "DISABLED", "");
		long restore = this.stored.restore("restore-9", "2026-11-24T02:00:00Z");
		this.stored.key(this.id, "undone", "");
		this.stored.action(this.id, "undone", "DISABLE", "DUE", "DISABLED", "restored_by_run = " + restore);
		assertThat(rows()).extracting((row) -> row.get(2) + ": " + row.get(17))
			.contains("done: restore --key=api-keys/done", "odd 'id': restore --key='api-keys/odd '\\''id'\\'''",
					"undone: ")
			.filteredOn((row) -> row.contains("restore --key"))
			.hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			sk_1.A-2         | restore --key=s/sk_1.A-2
			a b              | restore --key='s/a b'
			$(rm -rf)        | restore --key='s/$(rm -rf)'
			a'b              | restore --key='s/a'\\''b'
			é                | restore --key='s/é'
			""", delimiter = '|')
	void aCommandCanBePastedIntoAShell(String keyId, String command) {
		assertThat(UndoCommand.of("s", keyId)).isEqualTo(command);
	}

	@Test
	void anIdThatHidesSomethingHasNoCommand() {
		assertThat(UndoCommand.of("s", "a\nb")).isNull();
		assertThat(UndoCommand.of("s", "a\u202Eb")).isNull();
	}

	/** One key for each line that the sheet can have. */
	private void everything() {
		this.stored.key(this.id, "reenabled", "status = 'ACTIVE'");
		this.stored.action(this.before, "reenabled", "DISABLE", "DUE", "DISABLED", "");
		this.stored.key(this.id, "used", "status = 'DISABLED', last_used_at = '2026-11-22 20:00Z'");
		this.stored.action(this.before, "used", "DISABLE", "DUE", "DISABLED", "");
		action("b-never", "HELD", null, "");
		action("a-late", "HELD", null, "due_at = '2027-01-01 00:00Z'");
		action("would", "DUE", "WOULD_DISABLE", "");
		action("due", "DUE", null, "intended_at = NULL, due_at = '2026-11-23 02:00Z'");
		action("intended", "DUE", null, "intended_at = '2026-11-23 02:01Z', due_at = '2026-11-01 02:00Z'");
		action("changed", "DUE", "SKIPPED_CHANGED", "");
		action("failed", "DUE", "FAILED", "detail = 'It did not work.'");
		action("done", "DUE", "DISABLED", "");
		restored("restored", "2026-11-22T09:00:00Z");
	}

	private void action(String keyId, String decision, @Nullable String outcome, String set) {
		this.stored.key(this.id, keyId, "");
		this.stored.action(this.id, keyId, "DISABLE", decision, outcome, set);
	}

	private void restored(String keyId, String startedAt) {
		this.stored.action(this.stored.restore("restore-" + keyId, startedAt), keyId, "RESTORE", "DUE", "RESTORED", "");
	}

	private List<List<String>> rows() throws IOException {
		return WorkbookText.rows(write(this.stored.close(this.id), null), "Actions");
	}

	private Path write(Run run, @Nullable Integer rows) {
		return this.stored
			.write((rows != null) ? TestSettings.of(ReportSettings.class, "max-sheet-rows=" + rows)
					: TestSettings.of(ReportSettings.class), run, List.of(), this.directory.resolve("report.xlsx"))
			.file();
	}

}
