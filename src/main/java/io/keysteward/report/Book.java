package io.keysteward.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;

import io.keysteward.run.Run;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.ooxml.POIXMLProperties.CoreProperties;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook while it is written: rows go to temporary files, memory stays flat.
 */
final class Book implements AutoCloseable {

	private static final int WINDOW = 100;

	/** Above this many rows time matters more than a fifth of the size. */
	private static final long LARGE = 100_000;

	/** In inches. */
	private static final double MARGIN = 0.4;

	private final Streamed workbook = new Streamed();

	private final Styles styles = new Styles(this.workbook.getXSSFWorkbook());

	private final int rowsPerSheet;

	private final String footer;

	private final Map<String, Long> rows = new LinkedHashMap<>();

	Book(Run run, int rowsPerSheet) {
		this.rowsPerSheet = rowsPerSheet;
		this.footer = "Keysteward · run " + CellText.cell(run.key()).replace("&", "&&");
		this.workbook.setZip64Mode(Zip64Mode.AsNeeded);
		this.workbook.setShouldCalculateSheetDimensions(false);
		CoreProperties properties = this.workbook.getXSSFWorkbook().getProperties().getCoreProperties();
		properties.setTitle("API key governance report, run " + CellText.cell(run.key()));
		properties.setCreator("Keysteward");
		properties.setCreated(Optional.of(Date.from(run.asOf())));
	}

	Styles styles() {
		return this.styles;
	}

	/**
	 * {@return how many rows a sheet takes, its header included}
	 */
	int rowsPerSheet() {
		return this.rowsPerSheet;
	}

	/**
	 * {@return a new sheet that is set up for print; its rows are streamed}
	 */
	SXSSFSheet addSheet(String title) {
		SXSSFSheet sheet = this.workbook.createSheet(title);
		PrintSetup print = sheet.getPrintSetup();
		print.setLandscape(true);
		print.setPaperSize(PrintSetup.A4_PAPERSIZE);
		print.setFitWidth((short) 1);
		print.setFitHeight((short) 0);
		sheet.setFitToPage(true);
		sheet.setMargin(PageMargin.LEFT, MARGIN);
		sheet.setMargin(PageMargin.RIGHT, MARGIN);
		sheet.setMargin(PageMargin.TOP, MARGIN);
		sheet.setMargin(PageMargin.BOTTOM, MARGIN + MARGIN);
		sheet.setHorizontallyCenter(true);
		sheet.getFooter().setLeft("&8" + this.footer);
		sheet.getFooter().setCenter("&8&A");
		sheet.getFooter().setRight("&8Page &P of &N");
		return sheet;
	}

	/**
	 * {@return the part of a sheet that is kept in memory: header, table, charts}
	 */
	XSSFSheet head(SXSSFSheet sheet) {
		return this.workbook.getXSSFWorkbook().getSheet(sheet.getSheetName());
	}

	/**
	 * Declares a sheet to be complete.
	 * @param sheet the sheet
	 * @param count its rows, header included
	 * @param range the cells that it fills, such as {@code A1:D12}
	 */
	void finished(SXSSFSheet sheet, long count, String range) throws IOException {
		sheet.flushRows(0);
		head(sheet).setDimensionOverride(CellRangeAddress.valueOf(range));
		this.rows.put(head(sheet).getPackagePart().getPartName().getName().substring(1), count);
	}

	/**
	 * Writes the workbook and reads it again: every row must be in the file.
	 */
	void save(Path file) throws IOException {
		this.workbook.setActiveSheet(0);
		this.workbook.fast = this.rows.values().stream().mapToLong(Long::longValue).sum() > LARGE;
		FaithfulOutput out = new FaithfulOutput(Files.newOutputStream(file));
		try (out) {
			this.workbook.write(out);
		}
		catch (IOException ex) {
			throw out.firstOr(ex);
		}
		Recheck.rows(file, this.rows);
	}

	/**
	 * Removes the temporary files.
	 */
	@Override
	public void close() throws IOException {
		this.workbook.close();
	}

	static int excelRows() {
		return SpreadsheetVersion.EXCEL2007.getMaxRows();
	}

	/** Deflates large workbooks less. */
	private static final class Streamed extends SXSSFWorkbook {

		private boolean fast;

		Streamed() {
			super(WINDOW);
		}

		@Override
		protected ZipArchiveOutputStream createArchiveOutputStream(OutputStream out) {
			ZipArchiveOutputStream zip = super.createArchiveOutputStream(out);
			zip.setLevel(this.fast ? Deflater.BEST_SPEED : Deflater.DEFAULT_COMPRESSION);
			return zip;
		}

	}

}
