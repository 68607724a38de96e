package io.keysteward.report.workbook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook without rows, as POI writes it: small enough for memory, while the rows are
 * streamed into it on the way to the file.
 */
final class XlsxSkeleton {

	/** The end of a sheet's rows. */
	private static final String ROWS_END = "</sheetData>";

	private final ZipOutputStream zip;

	private final Map<String, byte[]> parts = new LinkedHashMap<>();

	private final Map<String, Long> rows = new LinkedHashMap<>();

	XlsxSkeleton(XSSFWorkbook workbook, ZipOutputStream zip) throws IOException {
		this.zip = zip;
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		workbook.write(bytes);
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				this.parts.put(entry.getName(), in.readAllBytes());
			}
		}
		for (int sheet = 0; sheet < workbook.getNumberOfSheets(); sheet++) {
			XSSFSheet written = workbook.getSheetAt(sheet);
			this.rows.put(name(written), (long) written.getPhysicalNumberOfRows());
		}
	}

	/**
	 * {@return the number of rows of each sheet, by its name in the file}
	 */
	Map<String, Long> rows() {
		return this.rows;
	}

	/**
	 * Writes everything except the sheets that get rows.
	 */
	void writeAllExcept(List<XSSFSheet> sheets) throws IOException {
		List<String> later = sheets.stream().map(XlsxSkeleton::name).toList();
		for (Map.Entry<String, byte[]> part : this.parts.entrySet()) {
			if (!later.contains(part.getKey())) {
				this.zip.putNextEntry(new ZipEntry(part.getKey()));
				this.zip.write(part.getValue());
				this.zip.closeEntry();
			}
		}
	}

	/**
	 * Writes a sheet up to its last row.
	 */
	void open(XSSFSheet sheet) throws IOException {
		byte[] part = part(sheet);
		this.zip.putNextEntry(new ZipEntry(name(sheet)));
		this.zip.write(part, 0, rowsEnd(part));
	}

	/**
	 * {@return the stream for the rows of the open sheet}
	 */
	OutputStream out() {
		return this.zip;
	}

	/**
	 * Writes the rest of the open sheet after its rows.
	 * @param sheet the sheet
	 * @param added the number of its rows
	 */
	void close(XSSFSheet sheet, long added) throws IOException {
		byte[] part = part(sheet);
		int from = rowsEnd(part);
		this.zip.write(part, from, part.length - from);
		this.zip.closeEntry();
		this.rows.merge(name(sheet), added, Long::sum);
	}

	private static String name(XSSFSheet sheet) {
		return sheet.getPackagePart().getPartName().getName().substring(1);
	}

	private byte[] part(XSSFSheet sheet) throws IOException {
		byte[] part = this.parts.get(name(sheet));
		if (part == null) {
			throw new IOException("The workbook has no part " + name(sheet));
		}
		return part;
	}

	private static int rowsEnd(byte[] part) throws IOException {
		int end = new String(part, StandardCharsets.ISO_8859_1).indexOf(ROWS_END);
		if (end < 0) {
			throw new IOException("A sheet's part has no place for rows");
		}
		return end;
	}

}
