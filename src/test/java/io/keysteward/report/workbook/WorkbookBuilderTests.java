package io.keysteward.report.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import io.keysteward.report.WriteFailures;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunOrigin;
import io.keysteward.run.RunPolicy;
import io.keysteward.run.RunScope;
import io.keysteward.run.RunState;
import io.keysteward.run.RunStatus;
import io.keysteward.text.Failure;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

class WorkbookBuilderTests {

	private static final Instant AS_OF = Instant.parse("2026-11-23T02:00:00Z");

	private static final Run RUN = new Run(1, "a & b", AS_OF, new RunOrigin(RunMode.REPORT, "CLI", "ada"),
			new RunScope(List.of(), List.of(), false), new RunPolicy("0".repeat(64), RunFixtures.POLICY, null), null,
			new RunState(RunStatus.RUNNING, AS_OF, null, null), null, List.of());

	private static final List<CellFormat> CONTENTS = List.of(CellFormat.values());

	/** What a cell may have to show, or else. */
	private static final List<@Nullable Object> VALUES = Arrays.asList(null, "", " ", "plain", " led", "trailed ",
			"\u00A0no break\u3000", "a  b", "<&>\"'", "]]></t></is></c></row></sheetData>", "<row r=\"1\">",
			"&amp;&#10;&lt;", "=1+1", "  @SUM(A1)", "_x0041_", "_X0041_", "two\r\nlines\tand", "bell\u0007",
			"abc\u202Efdp", "half \uD83D", "\uD83D\uDD11 🗝", "Zoë 鍵 مفتاح", "\uFFFE\uFFFF", "VIOLATION", "WARN",
			"exempt", mixed(CellText.LONGEST, '&', '<', '>'), mixed(40_000, '鍵', '&', 0x1F5DD), "long ".repeat(100), 0,
			7, -1, 999, 1000, 1234567890123L, Long.MAX_VALUE, Long.MIN_VALUE, 0.1, -2.5, 1e300, Double.MIN_VALUE,
			Double.NaN, Double.NEGATIVE_INFINITY, AS_OF, AS_OF.plusMillis(1), AS_OF.plusNanos(123_456_789),
			Instant.parse("1900-01-01T00:00:00Z"), Instant.parse("1900-02-28T23:59:59Z"),
			Instant.parse("1900-03-01T00:00:00Z"), Instant.parse("1899-12-31T23:59:59Z"),
			Instant.parse("9999-12-31T23:59:59.999Z"), Instant.MAX);

	private final Path directory;

	WorkbookBuilderTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void aTableIsWhatPoiItselfWouldHaveWritten() throws Exception {
		Path ours = this.directory.resolve("ours.xlsx");
		try (WorkbookBuilder book = new WorkbookBuilder(RUN, 20)) {
			book.add(table(VALUES.size()));
			book.save(ours);
		}
		Path theirs = this.directory.resolve("theirs.xlsx");
		writeByPoi(theirs);
		assertThat(partsBesideRows(ours)).isEqualTo(partsBesideRows(theirs));
		try (XSSFWorkbook found = WorkbookText.open(ours); XSSFWorkbook expected = WorkbookText.open(theirs)) {
			assertThat(found).hasSize(1 + VALUES.size() / 19).hasSameSizeAs(expected);
			for (int sheet = 0; sheet < expected.getNumberOfSheets(); sheet++) {
				assertThat(cells(found.getSheetAt(sheet))).isEqualTo(cells(expected.getSheetAt(sheet)));
			}
		}
	}

	@Test
	void everyColumnHasItsLetters() throws Exception {
		List<Column<String>> columns = IntStream.range(0, 60)
			.mapToObj((column) -> new Column<String>("c" + column, CellFormat.TEXT, (value) -> value + column))
			.toList();
		Path file = this.directory.resolve("wide.xlsx");
		try (WorkbookBuilder book = new WorkbookBuilder(RUN, 20)) {
			book.add(new TableSheet<>("Wide", columns, 1, (rows) -> rows.add("v")));
			book.save(file);
		}
		assertThat(WorkbookText.rows(file, "Wide").get(1))
			.containsExactlyElementsOf(IntStream.range(0, 60).mapToObj((column) -> "v" + column).toList());
	}

	@Test
	void aTableThatIsExactlyFullHasNoFurtherSheet() throws Exception {
		for (int count : new int[] { 18, 19, 20, 38, 39 }) {
			Path file = this.directory.resolve(count + ".xlsx");
			try (WorkbookBuilder book = new WorkbookBuilder(RUN, 20)) {
				book.add(table(count));
				book.save(file);
			}
			try (XSSFWorkbook workbook = WorkbookText.open(file)) {
				assertThat(workbook).as(count + " rows").hasSize((count + 18) / 19);
			}
		}
	}

	@Test
	void aTableThatIsNotAsLongAsAnnouncedIsNotKept() throws IOException {
		for (int given : new int[] { 0, 1, 18, 20, 60 }) {
			try (WorkbookBuilder book = new WorkbookBuilder(RUN, 20)) {
				book.add(new TableSheet<>("Keys", columns(), 19, (rows) -> {
					for (int row = 0; row < given; row++) {
						rows.add("x");
					}
				}));
				assertThatExceptionOfType(Failure.class).isThrownBy(() -> book.writeTo(OutputStream.nullOutputStream()))
					.withMessageContaining("sheet 'Keys': rows: " + given + ", but expected: 19");
			}
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX) // The device that is always full.
	void aDiskThatIsFullAmongTheRowsIsWorthAnotherTry() throws Exception {
		Path full = Files.createSymbolicLink(this.directory.resolve("full"), Path.of("/dev/full"));
		try (WorkbookBuilder book = new WorkbookBuilder(RUN, WorkbookBuilder.excelRows())) {
			book.add(new TableSheet<>("Keys", columns(), 100_000, (rows) -> {
				for (int row = 0; row < 100_000; row++) {
					rows.add(row + " & " + row * 31L);
				}
			}));
			Exception thrown = (Exception) catchThrowable(() -> book.save(full));
			assertThat(WriteFailures.explain(thrown, this.directory.resolve("report.xlsx"), WriteFailures.PROPERTY))
				.isInstanceOfSatisfying(Failure.class, (failure) -> {
					assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRY);
					assertThat(failure.line()).contains("no space is left there", "make room");
				});
		}
	}

	@Test
	void noTemporaryFileIsMade() throws Exception {
		Path elsewhere = this.directory.resolve("elsewhere");
		String temporary = System.setProperty("java.io.tmpdir", elsewhere.toString());
		try (WorkbookBuilder book = new WorkbookBuilder(RUN, 20)) {
			book.add(table(VALUES.size()));
			book.save(this.directory.resolve("report.xlsx"));
		}
		finally {
			System.setProperty("java.io.tmpdir", temporary);
		}
		assertThat(elsewhere).doesNotExist();
	}

	/** Not too regular, or a reader takes the file for a trap. */
	private static String mixed(int length, int... characters) {
		return new Random(length).ints(length, 0, characters.length)
			.map((at) -> characters[at])
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static TableSheet<Object> table(int count) {
		return new TableSheet<>("Keys", columns(), count, (rows) -> {
			for (int row = 0; row < count; row++) {
				rows.add(row);
			}
		});
	}

	/** A row is the number of its first value, or its value. */
	private static List<Column<Object>> columns() {
		return IntStream.range(0, CONTENTS.size())
			.mapToObj((column) -> new Column<Object>("Column " + column, CONTENTS.get(column),
					(row) -> (row instanceof Integer first) ? VALUES.get((first + column) % VALUES.size()) : row))
			.toList();
	}

	private static void writeByPoi(Path file) throws IOException, SQLException {
		try (WorkbookBuilder book = new WorkbookBuilder(RUN, 20); OutputStream out = Files.newOutputStream(file)) {
			List<XSSFSheet> sheets = table(VALUES.size()).layOut(book);
			for (int row = 0; row < VALUES.size(); row++) {
				Row cells = sheets.get(row / 19).createRow(1 + row % 19);
				int lines = 1;
				for (int column = 0; column < CONTENTS.size(); column++) {
					Object value = columns().get(column).value().get(row);
					Cells.fill(cells.createCell(column), book.styles(), CONTENTS.get(column), value);
					lines = Math.max(lines, CONTENTS.get(column).lines(value));
				}
				if (lines > 1) {
					cells.setHeightInPoints(15 * lines);
				}
			}
			sheets.get(0).getWorkbook().write(out);
		}
	}

	/** Texts are in the rows, or in a part of their own. */
	private static Map<String, String> partsBesideRows(Path file) throws IOException {
		Map<String, String> parts = new TreeMap<>();
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				parts.put(entry.getName(),
						new String(zip.readAllBytes()).replaceAll("(?s)<sheetData>.*</sheetData>", "<sheetData/>"));
			}
		}
		parts.remove("xl/sharedStrings.xml");
		return parts;
	}

	private static List<String> cells(XSSFSheet sheet) {
		return IntStream.rangeClosed(0, sheet.getLastRowNum()).mapToObj(sheet::getRow).flatMap((row) -> {
			String height = row.getCTRow().getHt() + " " + row.getCTRow().getCustomHeight();
			return Stream.concat(Stream.of("row " + row.getRowNum() + ": " + height),
					IntStream.range(0, row.getLastCellNum()).mapToObj(row::getCell).map(WorkbookBuilderTests::text));
		}).toList();
	}

	private static String text(Cell cell) {
		String value = switch (cell.getCellType()) {
			case STRING -> cell.getStringCellValue();
			case NUMERIC -> String.valueOf(cell.getNumericCellValue());
			default -> "";
		};
		return cell.getAddress() + " " + cell.getCellType() + " " + cell.getCellStyle().getIndex() + " " + value;
	}

}
