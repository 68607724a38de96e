package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.TestSettings;
import io.keysteward.report.ReportSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the workbook says of exemptions.
 */
class ExemptionsSheetTests {

	private final RunFixtures stored = new RunFixtures();

	private final Path directory;

	private final long run = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);

	ExemptionsSheetTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void theStateOfEachIsAWord() throws IOException {
		this.stored.exemption(this.run, "ended", "owner u", "2026-11-23T02:00:00Z");
		this.stored.exemption(this.run, "soon", "owner u", "2026-12-23T02:00:00Z");
		this.stored.exemption(this.run, "later", "owner u", "2026-12-23T02:00:01Z");
		this.stored.exemption(this.run, "unused", "owner u", "2026-12-24T00:00:00Z");
		this.stored.exemption(this.run, "unused-soon", "owner u", "2026-12-01T00:00:00Z");
		key("k", "IDLE", "NULL", "later");
		key("k2", "IDLE", "NULL", "soon");
		assertThat(sheet()).extracting((row) -> row.get(0) + ": " + row.get(1) + ", " + row.get(8))
			.containsExactly("ended: expired, 0", "unused-soon: protects nothing, 0", "soon: expires soon, 1",
					"later: active, 1", "unused: protects nothing, 0");
	}

	@Test
	void aRunThatReadLessThanEverythingCannotSayThatOneProtectsNothing() throws IOException {
		this.stored.exemption(this.run, "unused", "owner u", "2027-01-24T00:00:00Z");
		this.stored.source(this.run, "legacy", "Legacy", "FAILED", "It does not answer.");
		assertThat(sheet()).extracting((row) -> row.get(1)).containsExactly("active");
	}

	@Test
	void whatItProtectsAndWhatWillBePastTheThresholdIsCountedByKey() throws IOException {
		this.stored.exemption(this.run, "EX-1", "owner u", "2026-12-01T00:00:00Z");
		key("by-then", "IDLE", "2026-12-01 00:00Z", "EX-1");
		key("later", "IDLE", "2026-12-01 00:01Z", "EX-1");
		key("past", "IDLE", "NULL", "EX-1");
		this.stored.jdbc()
			.sql("UPDATE keysteward.key_snapshot SET violations = '{IDLE}' WHERE key_id = 'past'")
			.update();
		key("name-only", "UNNAMED", "NULL", "EX-1");
		key("orphan", "ORPHANED", "NULL", "EX-1");
		key("not-exempt", "IDLE", "2026-11-01 00:00Z", null);
		this.stored.key(this.run, "both", """
				findings = '{IDLE,UNNAMED}', reasons = '{a,b}', violation_at = '{2026-11-30 00:00Z,NULL}',
				grace_days = '{NULL,NULL}', exempted_by = '{EX-1,EX-1}', exemption = 'EX-1'""");
		assertThat(sheet()).extracting((row) -> row.get(8) + " " + row.get(9)).containsExactly("6 3");
	}

	@Test
	void aKeyThatIsExemptForOneRuleKeepsTheLevelOfTheOthers() throws IOException {
		this.stored.exemption(this.run, "EX-1", "owner u", "2026-12-01T00:00:00Z");
		this.stored.exemption(this.run, "EX-2", "owner u", "2026-12-02T10:30:00Z");
		this.stored.key(this.run, "partly", """
				findings = '{IDLE,UNNAMED}', violations = '{IDLE}', reasons = '{a,b}', violation_at = '{NULL,NULL}',
				grace_days = '{NULL,NULL}', exempted_by = '{NULL,EX-1}', exemption = 'EX-1'""");
		this.stored.event(this.run, "partly", "IDLE", "OPENED", "VIOLATION", "2026-11-23T02:00:00Z", null);
		this.stored.key(this.run, "wholly", """
				findings = '{IDLE,UNNAMED}', violations = '{IDLE}', reasons = '{a,b}', violation_at = '{NULL,NULL}',
				grace_days = '{NULL,NULL}', exempted_by = '{EX-2,EX-1}', exemption = 'EX-2'""");
		this.stored.key(this.run, "warned", """
				findings = '{AGED,IDLE}', reasons = '{a,b}', violation_at = '{NULL,2026-11-25 00:00Z}',
				grace_days = '{NULL,NULL}', exempted_by = '{NULL,EX-1}', exemption = 'EX-1'""");
		this.stored.event(this.run, "warned", "AGED", "OPENED", "WARN", "2026-11-23T02:00:00Z", null);
		Path file = write();
		assertThat(WorkbookText.rows(file, "Findings").stream().skip(1))
			.extracting((row) -> row.get(1) + " " + row.get(14) + ": " + row.get(17) + " | " + row.get(18))
			.containsExactly(
					"partly VIOLATION: Past the disabling threshold; nothing is disabled; UNNAMED exempt by EX-1 until 2026-12-01 | ",
					"warned WARN: Stays a warning; IDLE exempt by EX-1 until 2026-12-01 | ",
					"wholly exempt: Exempt by EX-1 until 2026-12-01, EX-2 until 2026-12-02 10:30 | 2026-12-01 00:00");
		assertThat(WorkbookText.rows(file, "Projects").get(1).subList(6, 10)).containsExactly("1", "0", "0", "1");
		assertThat(WorkbookText.rows(file, "Summary")).contains(List.of("Violation", "1"), List.of("Warning", "1"),
				List.of("Exempt", "1"));
	}

	private void key(String id, String rule, String violationAt, @Nullable String exemption) {
		String by = (exemption != null) ? exemption : "NULL";
		this.stored.key(this.run, id, """
				findings = '{%s}', reasons = '{a}', violation_at = '{%s}', grace_days = '{%s}', exempted_by = '{%s}',
				exemption = nullif('%s', 'NULL')""".formatted(rule, violationAt, rule.equals("ORPHANED") ? "7" : "NULL",
				by, by));
		if (exemption == null) {
			this.stored.event(this.run, id, rule, "OPENED", "WARN", "2026-11-23T02:00:00Z", null);
		}
	}

	private List<List<String>> sheet() throws IOException {
		List<List<String>> rows = WorkbookText.rows(write(), "Exemptions");
		return rows.subList(1, rows.size());
	}

	private Path write() {
		Path target = this.directory.resolve("keysteward.xlsx");
		return this.stored
			.write(TestSettings.of(ReportSettings.class, "max-inventory-rows=100", "max-sheet-rows=100"),
					this.stored.close(this.run), List.of(), target)
			.file();
	}

}
