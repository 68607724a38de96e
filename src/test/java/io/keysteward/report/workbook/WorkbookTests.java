package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.keysteward.TestSettings;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.WriteFailures;
import io.keysteward.report.WrittenReport;
import io.keysteward.run.Run;
import io.keysteward.run.Totals;
import io.keysteward.text.Failure;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

public class WorkbookTests {

	private static final ReportSettings SETTINGS = TestSettings.of(ReportSettings.class, "max-inventory-rows=100",
			"max-sheet-rows=100");

	private static final Path GOLDEN = Path.of("src/test/resources/io/keysteward/report/workbook/workbook.txt");

	private static final List<String> SHEETS = List.of("Summary", "Findings", "Actions", "Changes", "Projects",
			"All keys", "Exemptions", "Decisions", "Data errors", "Policy");

	private static final List<String> HOSTILE = List.of("=cmd|' /C calc'!A0", "_x003D_1+1", "bell \u0007 rings",
			"abc\u202Efdp.exe", "two\nlines", "@SUM(A1)", "x".repeat(40_000), "<row r=\"1\"><c/></row>");

	private final RunFixtures stored = new RunFixtures();

	private final Path directory;

	WorkbookTests(@TempDir Path directory) {
		this.directory = directory;
	}

	/**
	 * After a change that is meant: run with {@code -Dgolden.write=true}, and read the
	 * difference before it is committed.
	 */
	@Test
	void everySheetSaysWhatIsStored() throws IOException {
		WrittenReport written = write(SampleRun.store(this.stored), 100, 100);
		String text = WorkbookText.of(written.file());
		if (Boolean.getBoolean("golden.write")) {
			Files.createDirectories(GOLDEN.getParent());
			Files.writeString(GOLDEN, text);
		}
		assertThat(text).isEqualTo(Files.readString(GOLDEN));
	}

	@Test
	void sheetsStandInTheOrderOfTheDesign() throws IOException {
		try (XSSFWorkbook workbook = read(write(SampleRun.store(this.stored), 100, 100))) {
			assertThat(workbook).extracting(Sheet::getSheetName).containsExactlyElementsOf(SHEETS);
			assertThat(workbook.getProperties().getCoreProperties().getTitle()).contains("2026-11-23");
			assertThat(workbook.getProperties().getCoreProperties().getCreator()).isEqualTo("Keysteward");
		}
	}

	@Test
	void everyTableHasAFilterAFrozenHeaderAndItsOwnRows() throws IOException {
		try (XSSFWorkbook workbook = read(write(SampleRun.store(this.stored), 100, 100))) {
			for (String name : SHEETS.subList(1, SHEETS.size())) {
				XSSFSheet sheet = workbook.getSheet(name);
				assertThat(sheet.getTables()).as(name).hasSize(1);
				XSSFTable table = sheet.getTables().get(0);
				assertThat(table.getEndRowIndex()).as(name).isEqualTo(sheet.getLastRowNum());
				assertThat(sheet.getDimension().formatAsString()).isEqualTo(table.getCTTable().getRef());
				assertThat(table.getCTTable().getAutoFilter().getRef()).isEqualTo(table.getCTTable().getRef());
				assertThat(table.getColumns()).extracting((column) -> column.getName())
					.doesNotHaveDuplicates()
					.containsExactlyElementsOf(WorkbookText.rows(sheet).get(0));
				assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
				assertThat(sheet.getMergedRegions()).isEmpty();
				assertThat(sheet.getHyperlinkList()).isEmpty();
			}
		}
	}

	@Test
	void threeChartsAreDrawnFromCellsOfTheSummaryAndDescribed() throws IOException {
		try (XSSFWorkbook workbook = read(write(SampleRun.store(this.stored), 100, 100))) {
			XSSFSheet summary = workbook.getSheet("Summary");
			List<XSSFChart> charts = summary.createDrawingPatriarch().getCharts();
			assertThat(charts).extracting((chart) -> chart.getTitleText().getString())
				.containsExactly("Keys by state", "Findings per project (top 10)", "Trend over the last runs");
			assertThat(charts).allSatisfy((chart) -> assertThat(chart.getCTChart().xmlText()).contains("Summary!$A$"));
			assertThat(summary.createDrawingPatriarch().getCTDrawing().getTwoCellAnchorList())
				.allSatisfy((anchor) -> assertThat(anchor.getGraphicFrame().getNvGraphicFramePr().getCNvPr().getDescr())
					.isNotBlank());
		}
	}

	@Test
	void hostileTextIsShownAndNeverRun() throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		for (int key = 0; key < HOSTILE.size(); key++) {
			this.stored.key(id, "k" + key, flagged("UNNAMED", "WARN"));
			this.stored.name(id, "k" + key, HOSTILE.get(key));
		}
		Path file = write(this.stored.close(id), 100, 100).file();
		assertThat(WorkbookText.rows(file, "Findings").stream().skip(1).map((row) -> row.get(2)))
			.containsExactlyElementsOf(shown());
		assertThat(WorkbookText.rows(file, "All keys").stream().skip(1).map((row) -> row.get(2)))
			.containsExactlyElementsOf(shown());
		try (XSSFWorkbook workbook = WorkbookText.open(file)) {
			for (Sheet sheet : workbook) {
				for (Row row : sheet) {
					for (Cell cell : row) {
						assertThat(cell.getCellType()).isNotEqualTo(CellType.FORMULA);
						assertThat(cell.getHyperlink()).isNull();
					}
				}
			}
			Row first = workbook.getSheet("Findings").getRow(1);
			assertThat(first.getCell(2).getCellStyle().getQuotePrefixed()).isTrue();
			assertThat(first.getCell(1).getCellStyle().getQuotePrefixed()).isFalse();
		}
	}

	@Test
	void aFullSheetGoesOnOnTheNextOne() throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		for (int key = 0; key < 7; key++) {
			this.stored.key(id, "k" + key, flagged("UNNAMED", "WARN"));
		}
		try (XSSFWorkbook workbook = read(write(this.stored.close(id), 100, 4))) {
			assertThat(workbook).extracting(Sheet::getSheetName)
				.contains("Findings", "Findings 2", "Findings 3", "All keys", "All keys 2", "All keys 3");
			for (String name : List.of("All keys", "All keys 2", "All keys 3")) {
				XSSFSheet sheet = workbook.getSheet(name);
				assertThat(sheet.getLastRowNum()).isEqualTo(name.endsWith("3") ? 1 : 3);
				assertThat(sheet.getTables().get(0).getEndRowIndex()).isEqualTo(sheet.getLastRowNum());
				assertThat(sheet.getRow(0).getCell(1).getStringCellValue()).isEqualTo("Key id");
			}
			assertThat(workbook.getSheet("All keys 3").getRow(1).getCell(1).getStringCellValue()).isEqualTo("k6");
		}
	}

	@Test
	void aLargeInventoryIsNowhereUnlessSomebodyWantsItAndTheSummarySaysHowToGetIt() throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		for (int key = 0; key < 4; key++) {
			this.stored.key(id, "k" + key, "");
		}
		WrittenReport written = write(this.stored.close(id), 3, 100);
		assertThat(written.companion()).isEmpty();
		assertThat(this.directory).isDirectoryNotContaining("glob:**.csv");
		assertThat(WorkbookText.of(written.file())).doesNotContain("=== All keys")
			.contains("There is no list of all 4 keys, more than keysteward.report.max-inventory-rows. As long as the"
					+ " inventory is kept, `keysteward report --run-key=2026-11-23 --inventory=FILE.csv` writes it.");
	}

	@Test
	void asManyKeysAsAreAllowedAreASheet() throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		for (int key = 0; key < 3; key++) {
			this.stored.key(id, "k" + key, "");
		}
		Path file = write(this.stored.close(id), 3, 100).file();
		assertThat(WorkbookText.rows(file, "All keys")).hasSize(4);
		assertThat(WorkbookText.of(file)).doesNotContain("There is no list of all");
	}

	@Test
	void aLargeInventoryIsACsvFileBesideTheWorkbookIfThatIsSet() throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		for (int key = 0; key < HOSTILE.size(); key++) {
			this.stored.key(id, "k" + key, "");
			this.stored.name(id, "k" + key, HOSTILE.get(key));
		}
		WrittenReport written = this.stored.write(
				TestSettings.of(ReportSettings.class, "max-inventory-rows=3", "max-sheet-rows=100",
						"inventory-csv=true"),
				this.stored.close(id), List.of(), this.directory.resolve("keysteward-2026-11-23.xlsx"));
		Path csv = this.directory.resolve("keysteward-2026-11-23-all-keys.csv");
		assertThat(written.companion()).containsExactly(csv);
		List<String> lines = Files.readAllLines(csv);
		assertThat(lines).hasSize(HOSTILE.size() + 1);
		assertThat(lines.get(0)).startsWith("\uFEFFSource,Key id,Name");
		assertThat(lines.get(1)).startsWith("api-keys,k0,'=cmd|' /C calc'!A0,sk-a****9f3c")
			.contains(",2026-02-01T09:00:00Z,2026-11-20T08:30:00Z,USED,");
		assertThat(lines.get(2)).startsWith("api-keys,k1,_x003D_1+1,");
		String text = WorkbookText.of(written.file());
		assertThat(text).contains("all 8 keys are in the file " + csv.getFileName() + " beside this workbook")
			.contains("=== All keys\nKeys | Where they are\n8 | In the file " + csv.getFileName());
		assertThat(csv.resolveSibling("." + csv.getFileName() + ".part")).doesNotExist();
	}

	@Test
	void aRunThatReadNothingIsReportedAsSuch() throws IOException {
		Run run = this.stored.close(this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null));
		Path file = write(run, 100, 100).file();
		assertThat(WorkbookText.rows(file, "Findings").get(1)).containsExactly("none");
		assertThat(WorkbookText.rows(file, "All keys")).hasSize(2);
		assertThat(WorkbookText.of(file)).contains("Compared with | no earlier run",
				"0 read = 0 judged + 0 data errors + 0 not governed + 0 not active: reconciles");
		try (XSSFWorkbook workbook = WorkbookText.open(file)) {
			assertThat(workbook.getSheet("Findings").getTables()).isEmpty();
		}
	}

	@Test
	void oneKeyMakesAWholeWorkbook() throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		this.stored.key(id, "only", "");
		Path file = write(this.stored.close(id), 100, 100).file();
		assertThat(WorkbookText.rows(file, "All keys")).hasSize(2);
		assertThat(WorkbookText.rows(file, "Findings").get(1)).containsExactly("none");
		assertThat(WorkbookText.rows(file, "Projects").get(1)).startsWith("api-keys", "p-shop", "Shop", "ok", "1");
	}

	@Test
	void aNarrowedRunSaysToWhatAndMissesOnlyKeysThatItLookedFor() throws IOException {
		long before = this.stored.open("2026-11-22", "2026-11-22T02:00:00Z", null);
		this.stored.key(before, "shop-gone", "");
		this.stored.key(before, "elsewhere", "project_id = 'p-other'");
		this.stored.close(before);
		long id = this.stored.open("only-shop", "2026-11-23T02:00:00Z", before);
		this.stored.jdbc()
			.sql("UPDATE keysteward.run SET narrowed = true, projects = '{p-shop}' WHERE run_id = :id")
			.param("id", id)
			.update();
		this.stored.key(id, "shop-new", "");
		Path file = write(this.stored.close(id), 100, 100).file();
		assertThat(WorkbookText.rows(file, "Changes")).extracting((row) -> row.get(0) + " " + row.get(2))
			.containsExactly("Change Key id", "KEY APPEARED shop-new", "KEY GONE shop-gone");
		assertThat(WorkbookText.of(file)).contains("Read | narrowed to sources api-keys, projects p-shop");
	}

	@Test
	void aBaselineWhoseInventoryWasDroppedIsNotComparedWith() throws IOException {
		long before = this.stored.open("2026-11-22", "2026-11-22T02:00:00Z", null);
		this.stored.key(before, "k1", "");
		this.stored.close(before);
		this.stored.jdbc()
			.sql("UPDATE keysteward.run SET has_inventory = false WHERE run_id = :id")
			.param("id", before)
			.update();
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", before);
		this.stored.key(id, "k1", "");
		Path file = write(this.stored.close(id), 100, 100).file();
		List<List<String>> changes = WorkbookText.rows(file, "Changes");
		assertThat(changes).hasSize(2);
		assertThat(changes.get(1)).contains("NOT COMPARED")
			.anyMatch((cell) -> cell.startsWith("The inventory of run 2026-11-22 is not kept any more"));
		assertThat(WorkbookText.of(file)).contains("Keys that are gone | not compared");
	}

	@Test
	void aSourceThatWasNotReadIsNamedLoudlyAndItsKeysAreNotGone() throws IOException {
		long before = this.stored.open("2026-11-22", "2026-11-22T02:00:00Z", null);
		this.stored.key(before, "k1", "");
		this.stored.close(before);
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", before);
		this.stored.jdbc().sql("""
				UPDATE keysteward.run_source SET status = 'FAILED', fault = 'The database does not answer.'
				WHERE run_id = :id
				""").param("id", id).update();
		Path file = write(this.stored.close(id), 100, 100).file();
		assertThat(WorkbookText.rows(file, "Summary").get(2).get(0)).isEqualTo("THIS REPORT IS INCOMPLETE: source "
				+ "'api-keys' (API key records) was not read; none of its keys are counted here. "
				+ "The database does not answer.");
		assertThat(WorkbookText.rows(file, "Changes").get(1)).containsExactly("none");
		assertThat(WorkbookText.rows(file, "Data errors").get(1)).startsWith("api-keys")
			.endsWith("The source was not read: The database does not answer.");
	}

	@Test
	void datesThatExcelDoesNotKnowAreText() throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		this.stored.key(id, "k1", "created_at = '1850-05-01 00:00Z', expires_at = '12000-01-01 00:00Z'");
		Path file = write(this.stored.close(id), 100, 100).file();
		assertThat(WorkbookText.rows(file, "All keys").get(1)).contains("1850-05-01 00:00", "+12000-01-01T00:00:00Z");
	}

	@Test
	void whatIsWrittenIsWhole() throws Exception {
		Run run = SampleRun.store(this.stored);
		Path deeper = this.directory.resolve("new/deeper");
		Path target = deeper.resolve("report.xlsx");
		WrittenReport written = this.stored.write(SETTINGS, run, List.of(), target);
		byte[] bytes = Files.readAllBytes(target);
		assertThat(written).isEqualTo(new WrittenReport("workbook", target,
				HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)), bytes.length, List.of()));
		assertThat(files(deeper)).containsExactly(target);
	}

	@Test
	void totalsThatDoNotFitLeaveNoFileBehind() throws IOException {
		Run run = SampleRun.store(this.stored);
		Totals totals = Objects.requireNonNull(run.totals());
		assertMismatch(run, new Totals(totals.sources(), totals.findings(), totals.flaggedKeys() + 1,
				totals.newFindings(), totals.worseFindings(), totals.resolvedFindings()), "Findings", "4", "5");
		this.stored.totals(run.id(), totals);
		this.stored.jdbc()
			.sql("DELETE FROM keysteward.key_snapshot WHERE run_id = :id AND judgement = 'NOT_ACTIVE'")
			.param("id", run.id())
			.update();
		for (int rows : List.of(100, 3)) {
			assertMismatch(run, rows, totals, "All keys", "7", "8");
		}
	}

	@Test
	void aFailureAfterTheCsvFileWasWrittenRemovesItToo() throws IOException {
		Run run = SampleRun.store(this.stored);
		Totals totals = Objects.requireNonNull(run.totals());
		Totals.SourceTotals source = totals.sources().get(0);
		this.stored.totals(run.id(),
				new Totals(List.of(new Totals.SourceTotals(source.source(), source.read(), source.judged(),
						source.dataErrors() + 1, source.notGoverned(), source.notActive() - 1, source.flagged(),
						source.remasked())), totals.findings(), totals.flaggedKeys(), 0, 0, 0));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> write(this.stored.get(run.id()), 3, 100))
			.withMessageContaining("'Data errors': data errors stored: 1, but data errors in the control totals: 2");
		assertThat(files(this.directory)).isEmpty();
	}

	@Test
	void aWorkbookThatCannotTakeItsPlaceLeavesNoTemporaryFile() throws IOException {
		Run run = SampleRun.store(this.stored);
		Path taken = Files.createDirectories(this.directory.resolve("report.xlsx/in-the-way"));
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> this.stored.write(SETTINGS, run, List.of(), this.directory.resolve("report.xlsx")));
		assertThat(files(this.directory)).containsExactly(this.directory.resolve("report.xlsx"));
		assertThat(taken).isDirectory();
	}

	@Test
	void rowsThatWereReadAndAreNotStoredAreSaidInWords() throws IOException {
		Run run = SampleRun.store(this.stored);
		Totals totals = Objects.requireNonNull(run.totals());
		Totals.SourceTotals source = totals.sources().get(0);
		this.stored.totals(run.id(),
				new Totals(List.of(new Totals.SourceTotals(source.source(), source.read() + 1, source.judged(),
						source.dataErrors(), source.notGoverned(), source.notActive(), source.flagged(),
						source.remasked())), totals.findings(), totals.flaggedKeys(), 0, 0, 0));
		assertThat(WorkbookText.of(write(this.stored.get(run.id()), 100, 100).file()))
			.contains("9 read = 5 judged + 1 data error + 1 not governed + 1 not active: DOES NOT RECONCILE");
	}

	@Test
	void rowsThatDidNotReachTheFileAreMissed() throws IOException {
		Path file = write(SampleRun.store(this.stored), 100, 100).file();
		RowCountCheck.rows(file, Map.of("xl/worksheets/sheet2.xml", 5L));
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> RowCountCheck.rows(file, Map.of("xl/worksheets/sheet2.xml", 6L)))
			.withMessageContaining("rows in the file: 5, but rows written: 6");
	}

	@Test
	void aFailureKeepsTheWorkbookThatWasThere() throws IOException {
		Run run = SampleRun.store(this.stored);
		Path target = this.directory.resolve("keysteward-2026-11-23.xlsx");
		Files.writeString(target, "the last one");
		this.stored.totals(run.id(), new Totals(List.of(), List.of(), 0, 0, 0, 0));
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> this.stored.write(SETTINGS, this.stored.get(run.id()), List.of(), target));
		assertThat(target).hasContent("the last one");
		assertThat(files(this.directory)).containsExactly(target);
	}

	@Test
	void aDirectoryThatCannotBeIsOneLineAboutTheProperty() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		Run run = SampleRun.store(this.stored);
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> this.stored.write(SETTINGS, run, List.of(), file.resolve("report.xlsx")))
			.satisfies((failure) -> {
				assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
				assertThat(failure.line()).startsWith("keysteward.report.directory: '" + file)
					.contains("name a directory that this user may write to");
			});
	}

	@Test
	@EnabledOnOs(OS.LINUX) // The device that is always full.
	void aFullDiskIsWorthAnotherTry() throws IOException {
		Run run = SampleRun.store(this.stored);
		Path target = this.directory.resolve("keysteward-2026-11-23.xlsx");
		Path full = Files.createSymbolicLink(this.directory.resolve("full"), Path.of("/dev/full"));
		try (WorkbookBuilder book = new WorkbookBuilder(run, 100)) {
			book.addSheet("Summary");
			IOException thrown = catchThrowableOfType(IOException.class, () -> book.save(full));
			assertThat(WriteFailures.explain(thrown, target, WriteFailures.PROPERTY))
				.isInstanceOfSatisfying(Failure.class, (failure) -> {
					assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRY);
					assertThat(failure.line()).contains(target.toString(), "no space is left", "make room");
				});
		}
	}

	@Test
	void aRunWithoutTotalsOrInventoryIsRefused() {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		this.stored.key(id, "k1", "");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> write(this.stored.get(id), 100, 100))
			.withMessageContaining("no control totals");
		Run run = this.stored.close(id);
		this.stored.jdbc()
			.sql("UPDATE keysteward.run SET has_inventory = false WHERE run_id = :id")
			.param("id", id)
			.update();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> write(run, 100, 100))
			.withMessageContaining("inventory is not kept");
	}

	private void assertMismatch(Run run, Totals totals, String sheet, String... numbers) throws IOException {
		assertMismatch(run, 100, totals, sheet, numbers);
	}

	private void assertMismatch(Run run, int inventoryRows, Totals totals, String sheet, String... numbers)
			throws IOException {
		this.stored.totals(run.id(), totals);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> write(this.stored.get(run.id()), inventoryRows, 100))
			.satisfies((failure) -> {
				assertThat(failure.kind()).isEqualTo(Failure.Kind.PERSON);
				assertThat(failure.line()).contains("'" + sheet + "'").contains(numbers);
			});
		assertThat(files(this.directory)).isEmpty();
	}

	private static List<String> shown() {
		return List.of("=cmd|' /C calc'!A0", "_x003D_1+1", "bell \\u0007 rings", "abc\\u202Efdp.exe", "two⏎lines",
				"@SUM(A1)", "x".repeat(CellText.LONGEST - 13) + " … [cut here]", "<row r=\"1\"><c/></row>");
	}

	public static String flagged(String rule, String level) {
		return "findings = '{%1$s}', violations = '%2$s', reasons = '{\"Reason of %1$s.\"}', violation_at = '{NULL}',"
			.formatted(rule, level.equals("VIOLATION") ? "{" + rule + "}" : "{}") + " grace_days = '{NULL}'";
	}

	private WrittenReport write(Run run, @Nullable Integer inventoryRows, @Nullable Integer sheetRows) {
		return this.stored.write(
				TestSettings.of(ReportSettings.class, "max-inventory-rows=" + inventoryRows,
						"max-sheet-rows=" + sheetRows),
				run, List.of("A remark."), this.directory.resolve("keysteward-" + run.key() + ".xlsx"));
	}

	private static XSSFWorkbook read(WrittenReport written) {
		return WorkbookText.open(written.file());
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
	}

}
