package io.keysteward.report.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.keysteward.report.RowCounts;

/**
 * Counts the rows of a written file, from the file alone.
 */
final class RowCountCheck {

	/** Text in a sheet cannot contain it, since the bracket is escaped there. */
	private static final String ROW = "<row ";

	private RowCountCheck() {
	}

	/**
	 * Compares the rows of a workbook's sheets with the expected ones.
	 * @param expected the number of rows by the sheet's name in the file
	 */
	static void rows(Path workbook, Map<String, Long> expected) throws IOException {
		try (ZipFile zip = new ZipFile(workbook.toFile())) {
			for (Map.Entry<String, Long> sheet : expected.entrySet()) {
				ZipEntry entry = zip.getEntry(sheet.getKey());
				long found = (entry != null) ? count(zip.getInputStream(entry), ROW) : 0;
				RowCounts.requireSame(workbook.getFileName() + ", " + sheet.getKey(), sheet.getValue(), "rows written",
						found, "rows in the file");
			}
		}
	}

	/**
	 * {@return the number of occurrences of an ASCII text}
	 */
	static long count(InputStream in, String wanted) throws IOException {
		long count = 0;
		int kept = 0;
		byte[] buffer = new byte[1 << 16];
		try (in) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer, kept, buffer.length - kept)) {
				// As a string, since the JVM searches strings faster than bytes.
				String text = new String(buffer, 0, kept + read, StandardCharsets.ISO_8859_1);
				for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
					count++;
				}
				// The text may begin in this block and end in the next.
				int end = kept + read;
				kept = Math.min(end, wanted.length() - 1);
				System.arraycopy(buffer, end - kept, buffer, 0, kept);
			}
		}
		return count;
	}

}
