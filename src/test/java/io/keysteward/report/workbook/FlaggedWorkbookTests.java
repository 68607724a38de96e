package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the workbook says of a run that keeps flagged keys only, and what it does not.
 */
class FlaggedWorkbookTests {

	private static final String KEEP = "keysteward.inventory.keep";

	private final Register register;

	FlaggedWorkbookTests(@TempDir Path directory) {
		this.register = new Register(directory).set(KEEP, "flagged")
			.key("dead", "2025-12-01", "2026-07-01T00:00:00Z")
			.key("dead-too", "2025-12-01", "2026-07-01T00:00:00Z")
			.key("busy", "2025-12-01", "2026-10-31T11:00:00Z")
			.key("off", "2026-10-01", null)
			.key("future", "2026-12-01", null);
		this.register.keys().sql("INSERT INTO project (id, name) VALUES ('q', 'Borealis')").update();
		this.register.keys().sql("UPDATE api_key SET project_id = 'q' WHERE id = 'busy'").update();
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'off'").update();
	}

	@Test
	void thereIsNoSheetAndNoFileOfAllKeysAndTheSummarySaysSo() throws IOException {
		this.register.set("keysteward.report.max-inventory-rows", "1");
		run("2026-11-01");
		try (XSSFWorkbook workbook = WorkbookText.open(file("2026-11-01"))) {
			assertThat(workbook).extracting(Sheet::getSheetName)
				.containsExactly("Summary", "Findings", "Actions", "Changes", "Projects", "Exemptions", "Data errors",
						"Policy");
		}
		assertThat(this.register.reports().toFile().list()).containsExactly("keysteward-2026-11-01.xlsx");
		assertThat(sheet("2026-11-01", "Summary")).contains(
				List.of("Kept", "flagged keys and data errors, not all keys; see Remarks"),
				List.of("Kept: 3 of 5 = 2 flagged + 1 data error + 0 of which something was known before: reconciles"),
				List.of("Only flagged keys, data errors and the totals were kept (keysteward.inventory.keep: flagged):"
						+ " there is no sheet All keys, and no file with all keys."));
		assertThat(WorkbookText.of(file("2026-11-01"))).doesNotContain("beside this workbook");
	}

	@Test
	void keysByStateAreCountedOfAllKeys() throws IOException {
		run("2026-11-01");
		assertThat(sheet("2026-11-01", "Summary")).contains(List.of("No finding", "1"), List.of("Violation", "2"),
				List.of("Warning", "0"), List.of("Data error", "1"), List.of("Not active", "1"));
	}

	@Test
	void ofProjectsOnlyFlaggedKeysAreCountedAndOthersAreNotThere() throws IOException {
		run("2026-11-01");
		assertThat(sheet("2026-11-01", "Projects")).containsExactly(
				List.of("Source", "Project id", "Name", "State", "Flagged keys", "Idle", "Unnamed", "Orphaned", "Aged"),
				List.of("console", "p", "Atlas", "OK", "2", "2", "0", "0", "0"));
	}

	@ParameterizedTest
	@CsvSource({ "all, flagged, This run keeps flagged keys only", "flagged, flagged, This run keeps flagged keys only",
			"flagged, all, Run 2026-11-01 kept flagged keys only" })
	void keysThatCameOrWentAreToldOnlyBetweenRunsThatKeptAll(String before, String now, String why) throws IOException {
		this.register.set(KEEP, before);
		run("2026-11-01");
		this.register.set(KEEP, now).key("dead-new", "2025-12-01", "2026-07-01T00:00:00Z");
		this.register.keys().sql("DELETE FROM api_key WHERE id = 'dead-too'").update();
		run("2026-11-02");
		assertThat(sheet("2026-11-02", "Changes")).extracting((row) -> String.join(" | ", row.subList(0, 4)))
			.containsExactly("Change | Source | Key id | Name", "NEW | console | dead-new | service dead-new",
					"RESOLVED | console | dead-too | service dead-too", "NOT COMPARED |  |  | ");
		assertThat(sheet("2026-11-02", "Changes").get(3))
			.contains(why + ": keys that appeared and keys that are gone cannot be told.");
		assertThat(sheet("2026-11-02", "Summary")).anyMatch((row) -> row.get(0).equals("Keys that are gone")
				&& row.get(1).equalsIgnoreCase("not compared: " + why));
	}

	@Test
	void aPastRunIsReportedAsItWasKept() throws IOException {
		run("2026-11-01");
		this.register.set(KEEP, "all");
		run("2026-11-02");
		this.register.set(KEEP, "flagged");
		Path past = this.register.reports().resolve("past.xlsx");
		this.register.execute("report", "--run-key=2026-11-01", "--output=" + past);
		assertThat(WorkbookText.of(past)).doesNotContain("=== All keys");
		Path whole = this.register.reports().resolve("whole.xlsx");
		this.register.execute("report", "--run-key=2026-11-02", "--output=" + whole);
		assertThat(WorkbookText.rows(whole, "All keys")).hasSize(6);
		assertThat(WorkbookText.of(whole)).doesNotContain("keysteward.inventory.keep");
	}

	private void run(String day) {
		assertThat(this.register.execute("run", "--as-of=" + day)).as(this.register.err()).isZero();
	}

	private Path file(String day) {
		return this.register.reports().resolve("keysteward-" + day + ".xlsx");
	}

	private List<List<String>> sheet(String day, String name) throws IOException {
		return WorkbookText.rows(file(day), name);
	}

}
