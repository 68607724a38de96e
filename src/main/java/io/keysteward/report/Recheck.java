package io.keysteward.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.keysteward.key.Failure;

/**
 * Counts the rows of a file that was just written, from the file alone.
 */
final class Recheck {

	/** Text in a sheet cannot hold it: there the bracket is escaped. */
	private static final byte[] ROW = "<row ".getBytes(StandardCharsets.US_ASCII);

	private Recheck() {
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
				same(workbook.getFileName() + ", " + sheet.getKey(), sheet.getValue(), "rows written", found,
						"rows in the file");
			}
		}
	}

	/**
	 * Requires two counts to be the same.
	 */
	static void same(String where, long expected, String expectedIs, long found, String foundIs) {
		if (expected != found) {
			throw Failure.person("Report: " + where + ": " + found + " " + foundIs + ", but " + expected + " "
					+ expectedIs + "; the workbook is not kept; compare key_snapshot with the run's totals");
		}
	}

	/**
	 * {@return how often the bytes occur}
	 */
	static long count(InputStream in, byte[] wanted) throws IOException {
		long count = 0;
		int matched = 0;
		byte[] buffer = new byte[1 << 16];
		try (in) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				for (int at = 0; at < read; at++) {
					matched = (buffer[at] == wanted[matched]) ? matched + 1 : (buffer[at] == wanted[0]) ? 1 : 0;
					if (matched == wanted.length) {
						count++;
						matched = 0;
					}
				}
			}
		}
		return count;
	}

}
