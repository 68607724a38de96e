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
 * Counts the rows of a file that was just written, from the file alone.
 */
final class RowCountCheck {

	/** Text in a sheet cannot hold it: there the bracket is escaped. */
	private static final String ROW = "<row ";

	private RowCountCheck() {
	}

	/**
	 * Compares a workbook's sheets with what was meant to be in them.
	 * @param expected rows by the sheet's name in the file
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
	 * {@return how often an ASCII text occurs}
	 */
	static long count(InputStream in, String wanted) throws IOException {
		long count = 0;
		int kept = 0;
		byte[] buffer = new byte[1 << 16];
		try (in) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer, kept, buffer.length - kept)) {
				// As a string, since the JVM searches strings many bytes at a time.
				String text = new String(buffer, 0, kept + read, StandardCharsets.ISO_8859_1);
				for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
					count++;
				}
				// It may begin at the end of what was read, and go on in what comes next.
				int end = kept + read;
				kept = Math.min(end, wanted.length() - 1);
				System.arraycopy(buffer, end - kept, buffer, 0, kept);
			}
		}
		return count;
	}

}
