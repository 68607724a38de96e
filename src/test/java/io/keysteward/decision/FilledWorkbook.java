package io.keysteward.decision;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A report's workbook as somebody fills it in and saves it.
 */
public final class FilledWorkbook implements AutoCloseable {

	private final XSSFWorkbook workbook;

	private FilledWorkbook(XSSFWorkbook workbook) {
		this.workbook = workbook;
	}

	/**
	 * {@return a copy of a report, filled in}
	 */
	public static Path of(Path report, Path target, Consumer<FilledWorkbook> filling) {
		try (InputStream in = Files.newInputStream(report);
				FilledWorkbook filled = new FilledWorkbook(new XSSFWorkbook(in))) {
			filling.accept(filled);
			try (OutputStream out = Files.newOutputStream(target)) {
				filled.workbook.write(out);
			}
			return target;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	XSSFWorkbook workbook() {
		return this.workbook;
	}

	XSSFSheet findings() {
		return this.workbook.getSheet("Findings");
	}

	/** Decides about a key, with a reason, as Grace. */
	public FilledWorkbook decide(String key, String decision, String reason) {
		return set(key, "Decision", decision).set(key, "Reason", reason).set(key, "Decided by", "grace@example.com");
	}

	/** Fills one answer down. */
	FilledWorkbook disableAll() {
		for (Row row : findings()) {
			if (row.getRowNum() > 0) {
				row.createCell(column("Decision")).setCellValue("disable");
				row.createCell(column("Decided by")).setCellValue("grace@example.com");
			}
		}
		return this;
	}

	public FilledWorkbook set(String key, String header, String text) {
		Cell before = cell(key, header);
		// POI leaves an inline text as it was, and adds the new one to it.
		CellStyle style = before.getCellStyle();
		Cell cell = before.getRow().createCell(before.getColumnIndex());
		cell.setCellStyle(style);
		cell.setCellValue(text);
		return this;
	}

	Cell cell(String key, String header) {
		int column = column(header);
		Row row = row(key);
		Cell cell = row.getCell(column);
		return (cell != null) ? cell : row.createCell(column);
	}

	Row row(String key) {
		for (Row row : findings()) {
			if (row.getCell(1) != null && row.getCell(1).toString().equals(key)) {
				return row;
			}
		}
		throw new IllegalArgumentException("No row of " + key);
	}

	int column(String header) {
		for (Cell cell : findings().getRow(0)) {
			if (cell.toString().equals(header)) {
				return cell.getColumnIndex();
			}
		}
		throw new IllegalArgumentException("No column " + header);
	}

	@Override
	public void close() throws IOException {
		this.workbook.close();
	}

}
