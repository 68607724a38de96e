package io.keysteward.report.workbook;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CellsTests {

	private static final Instant AS_OF = Instant.parse("2026-11-23T02:00:00Z");

	private final Path file;

	CellsTests(@TempDir Path directory) {
		this.file = directory.resolve("dates.xlsx");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1900-03-01T00:00:00Z,              1900-03-01T00:00:00, 1900-03-01 00:00
			1969-12-31T23:59:59.999999Z,       1969-12-31T23:59:59, 1969-12-31 23:59
			2026-11-23T23:59:59.500Z,          2026-11-23T23:59:59, 2026-11-23 23:59
			2026-11-23T23:59:59.999999Z,       2026-11-23T23:59:59, 2026-11-23 23:59
			2026-12-31T23:59:29.999999Z,       2026-12-31T23:59:29, 2026-12-31 23:59
			9999-12-31T23:59:59.999999Z,       9999-12-31T23:59:59, 9999-12-31 23:59
			""")
	void aTimeIsADateCellOfItsOwnDayHoweverLittleIsLeftOfIt(Instant instant, LocalDateTime date, String shown)
			throws Exception {
		try (XSSFWorkbook workbook = written(instant)) {
			Cell cell = cell(workbook);
			assertThat(cell.getCellType()).isEqualTo(CellType.NUMERIC);
			assertThat(cell.getLocalDateTimeCellValue()).isEqualTo(date);
			assertThat(new DataFormatter().formatCellValue(cell)).isEqualTo(shown);
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1900-02-28T23:59:59.999999Z,  1900-02-28 23:59
			1900-01-01T00:00:00Z,         1900-01-01 00:00
			1899-12-30T00:00:00Z,         1899-12-30 00:00
			0001-01-01T00:00:00Z,         0001-01-01 00:00
			-0044-03-15T12:00:00Z,        -0044-03-15T12:00:00Z
			+10000-01-01T00:00:00Z,       +10000-01-01T00:00:00Z
			""")
	void aTimeThatSpreadsheetsDoNotAgreeOnIsTextThatLooksLikeTheOthers(Instant instant, String text) throws Exception {
		try (XSSFWorkbook workbook = written(instant)) {
			assertThat(cell(workbook).getCellType()).isEqualTo(CellType.STRING);
			assertThat(cell(workbook).getStringCellValue()).isEqualTo(text);
		}
	}

	private XSSFWorkbook written(Instant instant) throws Exception {
		try (WorkbookBuilder book = new WorkbookBuilder("k", AS_OF, WorkbookBuilder.excelRows())) {
			List<Column<Instant>> columns = List.of(new Column<>("Time (UTC)", CellFormat.DATE, (time) -> time));
			book.add(new TableSheet<>("Dates", columns, 1, (rows) -> rows.add(instant)));
			book.save(this.file);
		}
		return WorkbookText.open(this.file);
	}

	private static Cell cell(XSSFWorkbook workbook) {
		return workbook.getSheetAt(0).getRow(1).getCell(0);
	}

}
