package io.keysteward.insight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.TestSettings;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.workbook.RunFixtures;
import io.keysteward.report.workbook.WorkbookTests;
import io.keysteward.report.workbook.WorkbookText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the sheet {@code Findings} says will happen to a key, and when.
 */
class NextStepTests {

	private final RunFixtures stored = new RunFixtures();

	private final long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);

	private final Path directory;

	NextStepTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void aHeldKeySaysFromWhenItMayBeDisabled() throws IOException {
		violation();
		held("NOTICE", "due_at = '2026-12-07 02:00Z', detail = 'Not warned.'");
		assertThat(next()).containsExactly("Held by NOTICE: due from 2026-12-07 if unused", "2026-12-07 02:00");
	}

	@Test
	void aKeyThatNobodyHasApprovedSaysThatTimeIsNotEnough() throws IOException {
		violation();
		held("APPROVAL", "due_at = '2026-12-07 02:00Z', detail = 'No decision to disable it is in force.'");
		assertThat(next()).containsExactly("Held by APPROVAL: due from 2026-12-07 if unused and approved",
				"2026-12-07 02:00");
	}

	@Test
	void aWarningThatNobodyHasApprovedSaysItToo() throws IOException {
		warning();
		this.stored.action(this.id, "k1", "DISABLE", "HELD", null,
				"held_by = 'LEVEL', closed_gates = '{LEVEL,APPROVAL}', due_at = '2026-12-20 02:00Z'");
		assertThat(next()).containsExactly(
				"Becomes a violation if still unused; due from 2026-12-20 if unused and approved", "2026-12-06 00:00");
	}

	@Test
	void aHeldKeyThatIsNeverDueSaysWhy() throws IOException {
		violation();
		held("KIND", "detail = 'Its kind is never disabled.'");
		assertThat(next()).containsExactly("Held by KIND: Its kind is never disabled.", "");
	}

	@Test
	void aKeyThatOnlyTheRunHoldsSaysWhyAndNotSinceWhenItIsDue() throws IOException {
		violation();
		held("BREAKER", "due_at = '2026-11-23 02:00Z', detail = '30 keys are due.'");
		assertThat(next()).containsExactly("Held by BREAKER: 30 keys are due.", "");
	}

	@Test
	void aWarningStillSaysWhenItsLevelRises() throws IOException {
		warning();
		held("LEVEL", "due_at = '2026-12-20 02:00Z'");
		assertThat(next()).containsExactly("Becomes a violation if still unused; due from 2026-12-20 if unused",
				"2026-12-06 00:00");
	}

	@Test
	void aWarningThatIsNeverDueStillSaysWhenItsLevelRises() throws IOException {
		warning();
		held("LEVEL", "detail = 'IDLE is at WARN.'");
		assertThat(next()).containsExactly("Becomes a violation if still unused", "2026-12-06 00:00");
	}

	@Test
	void aViolationThatTheLevelHoldsDoesNotClaimThatNothingIsDisabled() throws IOException {
		violation();
		held("LEVEL", "detail = 'It is in use.'");
		assertThat(next()).containsExactly("Held by LEVEL: It is in use.", "");
	}

	@Test
	void aDisabledKeySaysWhen() throws IOException {
		violation();
		this.stored.action(this.id, "k1", "DISABLE", "DUE", "DISABLED", "");
		assertThat(next()).containsExactly("Disabled in this run", "2026-11-23 02:01");
	}

	@Test
	void aReportSaysWhatWouldBeDisabled() throws IOException {
		violation();
		this.stored.action(this.id, "k1", "DISABLE", "DUE", "WOULD_DISABLE", "due_at = '2026-11-23 02:00Z'");
		assertThat(next()).containsExactly("Would be disabled: run with --disable", "2026-11-23 02:00");
	}

	@Test
	void aKeyThatWasNotDisabledAfterAllSaysSo() throws IOException {
		violation();
		this.stored.action(this.id, "k1", "DISABLE", "DUE", "SKIPPED_CHANGED", "");
		assertThat(next()).containsExactly("Not disabled: it changed after it was read", "2026-11-23 02:01");
		this.stored.action(this.id, "k2", "DISABLE", "DUE", "FAILED", "");
		this.stored.key(this.id, "k2", WorkbookTests.flagged("IDLE", "VIOLATION"));
		assertThat(next("k2")).containsExactly("Could not be disabled; the sheet Actions says why", "2026-11-23 02:01");
	}

	@Test
	void whatIsNotKnownYetIsNotGuessed() throws IOException {
		violation();
		this.stored.action(this.id, "k1", "DISABLE", "DUE", null, "intended_at = '2026-11-23 02:01Z'");
		assertThat(next()).containsExactly("Due in this run; what became of it is not known yet", "");
	}

	@Test
	void whatFailedAndMayPassIsTriedAgain() throws IOException {
		violation();
		this.stored.action(this.id, "k1", "DISABLE", "DUE", null, "failure = 'MAY_PASS', detail = 'No answer.'");
		assertThat(next()).containsExactly("Could not be disabled yet: the next start of the run tries again", "");
	}

	@Test
	void anExemptKeyNamesItsExemption() throws IOException {
		this.stored.key(this.id, "k1",
				WorkbookTests.flagged("IDLE", "VIOLATION") + ", exemption = 'EX-7', exempted_by = '{EX-7}'");
		this.stored.exemption(this.id, "EX-7", "key k1", "2026-12-31T00:00:00Z");
		held("EXEMPT", "detail = 'Exempt by EX-7.'");
		assertThat(next()).containsExactly("Exempt by EX-7 until 2026-12-31", "2026-12-31 00:00");
	}

	private void violation() {
		this.stored.key(this.id, "k1", WorkbookTests.flagged("IDLE", "VIOLATION"));
		this.stored.event(this.id, "k1", "IDLE", "OPENED", "VIOLATION", "2026-10-01T02:00:00Z", null);
	}

	private void warning() {
		this.stored.key(this.id, "k1",
				WorkbookTests.flagged("IDLE", "WARN").replace("'{NULL}', grace", "'{2026-12-06 00:00Z}', grace"));
		this.stored.event(this.id, "k1", "IDLE", "OPENED", "WARN", "2026-11-01T02:00:00Z", null);
	}

	private void held(String gate, String set) {
		this.stored.action(this.id, "k1", "DISABLE", "HELD", null,
				"held_by = '" + gate + "', closed_gates = '{" + gate + "}', " + set);
	}

	private List<String> next() throws IOException {
		return next("k1");
	}

	private List<String> next(String keyId) throws IOException {
		// What is there already is not replaced.
		Files.deleteIfExists(this.directory.resolve("report.xlsx"));
		Path file = this.stored
			.write(TestSettings.of(ReportSettings.class), this.stored.close(this.id), List.of(),
					this.directory.resolve("report.xlsx"))
			.file();
		List<List<String>> rows = WorkbookText.rows(file, "Findings");
		int what = rows.get(0).indexOf("What happens next");
		return rows.stream()
			.filter((row) -> row.get(1).equals(keyId))
			.map((row) -> row.subList(what, what + 2))
			.findFirst()
			.orElseThrow();
	}

}
