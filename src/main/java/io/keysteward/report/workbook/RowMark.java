package io.keysteward.report.workbook;

import java.util.Optional;

import io.keysteward.key.KeyId;
import io.keysteward.text.Sha256;

/**
 * What says of a row of a workbook which key of which run of which installation it shows:
 * it stays with its row, whatever people do with the sheet.
 *
 * @param installation the installation's id
 * @param runKey the run's key
 * @param key stands for the key
 */
public record RowMark(String installation, String runKey, String key) {

	private static final String FORMAT = "keysteward-1";

	private static final String SEPARATOR = "/";

	private static final int PARTS = 4;

	private static final int KEY_DIGITS = 20;

	/**
	 * {@return the mark of a key's row}
	 */
	static RowMark of(String installation, String runKey, KeyId key) {
		return new RowMark(installation, runKey, keyMark(key));
	}

	/**
	 * {@return what stands for a key in marks}
	 */
	public static String keyMark(KeyId key) {
		return Sha256.of(key.source().length() + key.source() + key.id()).substring(0, KEY_DIGITS);
	}

	/**
	 * {@return the mark in a cell; empty: it has none of a format that is known}
	 */
	public static Optional<RowMark> parse(String text) {
		// The run's key is last, since it may have any character.
		String[] parts = text.strip().split(SEPARATOR, PARTS);
		return (parts.length == PARTS && parts[0].equals(FORMAT))
				? Optional.of(new RowMark(parts[1], parts[3], parts[2])) : Optional.empty();
	}

	/**
	 * {@return whether another row is of the same run of the same installation}
	 */
	public boolean isOfSameRun(RowMark other) {
		return this.installation.equals(other.installation) && this.runKey.equals(other.runKey);
	}

	@Override
	public String toString() {
		return String.join(SEPARATOR, FORMAT, this.installation, this.key, this.runKey);
	}

}
