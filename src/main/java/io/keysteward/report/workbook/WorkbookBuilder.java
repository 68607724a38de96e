package io.keysteward.report.workbook;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;

import io.keysteward.run.Run;
import org.apache.poi.ooxml.POIXMLProperties.CoreProperties;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Builds a workbook: POI holds everything in memory except the rows of tables, which are
 * streamed into the file.
 */
final class WorkbookBuilder implements AutoCloseable {

	/** With more rows, time matters more than a fifth of the size. */
	private static final long LARGE = 100_000;

	/** In inches. */
	private static final double MARGIN = 0.4;

	private final XSSFWorkbook workbook = new XSSFWorkbook();

	private final Styles styles = new Styles(this.workbook);

	private final int rowsPerSheet;

	private final String footer;

	private final List<LaidOut<?>> tables = new ArrayList<>();

	WorkbookBuilder(Run run, int rowsPerSheet) {
		this(run.key(), run.asOf(), rowsPerSheet);
	}

	WorkbookBuilder(String runKey, Instant asOf, int rowsPerSheet) {
		this("API key governance report", runKey, asOf, rowsPerSheet);
	}

	WorkbookBuilder(String title, String runKey, Instant asOf, int rowsPerSheet) {
		this.rowsPerSheet = rowsPerSheet;
		this.footer = "Keysteward · run " + CellText.cell(runKey).replace("&", "&&");
		CoreProperties properties = this.workbook.getProperties().getCoreProperties();
		properties.setTitle(title + ", run " + CellText.cell(runKey));
		properties.setCreator("Keysteward");
		properties.setCreated(Optional.of(Date.from(asOf)));
	}

	Styles styles() {
		return this.styles;
	}

	/**
	 * {@return the most rows of a sheet, header included}
	 */
	int rowsPerSheet() {
		return this.rowsPerSheet;
	}

	/**
	 * {@return a new sheet in memory, set up for printing}
	 */
	XSSFSheet addSheet(String title) {
		XSSFSheet sheet = this.workbook.createSheet(title);
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
	 * Adds the sheets of a table without reading its rows yet.
	 * @return its sheets
	 */
	<T> List<XSSFSheet> add(TableSheet<T> table) {
		List<XSSFSheet> sheets = table.layOut(this);
		this.tables.add(new LaidOut<>(table, sheets));
		return sheets;
	}

	/**
	 * Writes the workbook and checks that every row is in the file.
	 */
	void save(Path file) throws IOException {
		Map<String, Long> rows;
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
			rows = writeTo(out);
		}
		RowCountCheck.rows(file, rows);
	}

	/**
	 * Writes the workbook, and reads the rows of its tables meanwhile.
	 * @return the number of rows of each sheet, by its name in the file
	 */
	Map<String, Long> writeTo(OutputStream out) throws IOException {
		this.workbook.setActiveSheet(0);
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.setLevel(isLarge() ? Deflater.BEST_SPEED : Deflater.DEFAULT_COMPRESSION);
			XlsxSkeleton shell = new XlsxSkeleton(this.workbook, zip);
			shell.writeAllExcept(this.tables.stream().flatMap((table) -> table.sheets().stream()).toList());
			for (LaidOut<?> table : this.tables) {
				table.write(this, shell);
			}
			return shell.rows();
		}
	}

	private boolean isLarge() {
		return this.tables.stream().mapToLong((table) -> table.table().rows()).sum() > LARGE;
	}

	@Override
	public void close() throws IOException {
		this.workbook.close();
	}

	static int excelRows() {
		return SpreadsheetVersion.EXCEL2007.getMaxRows();
	}

	/**
	 * A table with its sheets.
	 */
	private record LaidOut<T>(TableSheet<T> table, List<XSSFSheet> sheets) {

		void write(WorkbookBuilder book, XlsxSkeleton shell) throws IOException {
			new TableRows<>(this.table, this.sheets, book, shell).write();
		}

	}

}
