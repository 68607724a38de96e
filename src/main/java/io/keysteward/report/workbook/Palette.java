package io.keysteward.report.workbook;

import java.util.HexFormat;

import org.apache.poi.xssf.usermodel.XSSFColor;

/**
 * The colours of the workbook; none of them carries information without a word.
 */
final class Palette {

	static final String INK = "24404F";

	static final String WHITE = "FFFFFF";

	static final String ACCENT = "3C7A8C";

	static final String MUTED = "5B6770";

	static final String MUTED_TINT = "EEF1F3";

	/** Where people may write. */
	static final String ANSWER_TINT = "F1F7EE";

	static final String LINE = "D5DBDF";

	static final String VIOLATION = "9C2F2F";

	static final String VIOLATION_TINT = "F8E4E1";

	static final String WARNING_TEXT = "7A5200";

	static final String WARNING_TINT = "FCF1D8";

	/** Light enough for dark numbers on it. */
	static final String VIOLATION_BAR = "D4796B";

	static final String WARNING_BAR = "E8B95C";

	private Palette() {
	}

	static XSSFColor colour(String hex) {
		return new XSSFColor(rgb(hex));
	}

	static byte[] rgb(String hex) {
		return HexFormat.of().parseHex(hex);
	}

}
