package io.keysteward.xlsx;

import java.nio.charset.StandardCharsets;

import org.apache.poi.xssf.usermodel.XSSFRichTextString;

/**
 * Texts in which {@code _x000A_} stands for a character, as programs write what XML does
 * not allow, and for a text that looks like that.
 */
final class EscapedText {

	private EscapedText() {
	}

	static String decoded(String text) {
		return text.contains("_x") ? wellFormed(new XSSFRichTextString(text).getString()) : text;
	}

	/** An escape can be half a character, which no database takes. */
	private static String wellFormed(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

}
