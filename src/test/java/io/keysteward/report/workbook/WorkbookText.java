package io.keysteward.report.workbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook, read back as text that people can compare.
 */
public final class WorkbookText {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

	private WorkbookText() {
	}

	static XSSFWorkbook open(Path file) {
		try {
			return new XSSFWorkbook(file.toFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (org.apache.poi.openxml4j.exceptions.InvalidFormatException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Every sheet: its name, then a line for each row, cells between bars. */
	public static String of(Path file) throws IOException {
		StringBuilder text = new StringBuilder();
		try (XSSFWorkbook workbook = open(file)) {
			for (Sheet sheet : workbook) {
				text.append("=== ").append(sheet.getSheetName()).append('\n');
				rows(sheet).forEach((row) -> text.append(String.join(" | ", row).stripTrailing()).append('\n'));
				text.append('\n');
			}
		}
		return text.toString();
	}

	public static List<List<String>> rows(Path file, String sheet) throws IOException {
		try (XSSFWorkbook workbook = open(file)) {
			return rows(workbook.getSheet(sheet));
		}
	}

	public static List<List<String>> rows(Sheet sheet) {
		List<List<String>> rows = new ArrayList<>();
		for (Row row : sheet) {
			List<String> cells = new ArrayList<>();
			for (int column = 0; column < row.getLastCellNum(); column++) {
				Cell cell = row.getCell(column);
				cells.add((cell != null) ? text(cell) : "");
			}
			rows.add(cells);
		}
		return rows;
	}

	private static String text(Cell cell) {
		return switch (cell.getCellType()) {
			case STRING -> cell.getStringCellValue();
			case BLANK -> "";
			case NUMERIC -> DateUtil.isCellDateFormatted(cell) ? DATE.format(cell.getLocalDateTimeCellValue())
					: String.valueOf((long) cell.getNumericCellValue());
			default -> throw new AssertionError("A cell of type " + cell.getCellType());
		};
	}

}
