package io.keysteward.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Normalises text for comparison: an umlaut is the same in one character or two. Case is
 * kept.
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
	 * {@return the text without case, width and outer spaces, which is equal for
	 * look-alikes}
	 */
	public static String folded(String text) {
		String plain = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
		return plain.strip().toLowerCase(Locale.ROOT);
	}

	/** Nearly every id is ASCII, which is its own normal form. */
	private static boolean isAscii(String text) {
		return text.chars().allMatch((character) -> character < 0x80);
	}

}
