package io.keysteward.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text as it is compared: an umlaut is the same whether it is one character or two. Upper
 * and lower case differ.
 */
public final class CanonicalText {

	private CanonicalText() {
	}

	/**
	 * {@return the text in Unicode's normal form C}
	 */
	public static String of(String text) {
		return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
	}

	/**
	 * {@return what the text has in common with all that look like it: without case,
	 * width and outer spaces}
	 */
	public static String folded(String text) {
		String plain = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
		return plain.strip().toLowerCase(Locale.ROOT);
	}

	/** Nearly every id is, and is its own normal form then. */
	private static boolean isAscii(String text) {
		return text.chars().allMatch((character) -> character < 0x80);
	}

}
