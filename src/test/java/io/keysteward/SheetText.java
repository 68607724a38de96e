package io.keysteward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A sheet read back: cells between bars, one row a line.
 */
public final class SheetText {

	private SheetText() {
	}

	/**
	 * {@return the text of a sheet of a workbook}
	 */
	public static String of(Path workbook, String name) throws IOException {
		StringBuilder text = new StringBuilder();
		try (XSSFWorkbook read = new XSSFWorkbook(Files.newInputStream(workbook))) {
			for (Row row : read.getSheet(name)) {
				row.forEach((cell) -> text.append(cell).append(" | "));
				text.append('\n');
			}
		}
		return text.toString();
	}

}
