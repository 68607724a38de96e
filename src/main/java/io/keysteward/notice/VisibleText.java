package io.keysteward.notice;

import io.keysteward.key.Visible;
import org.jspecify.annotations.Nullable;

/**
 * Text of others, as one line in which nothing hides, and not too long for a mail.
 */
final class VisibleText {

	private static final int LONGEST = 400;

	private VisibleText() {
	}

	/**
	 * {@return the text as a reader may see it, cut where it is long; empty for null}
	 */
	static String of(@Nullable String text) {
		if (text == null) {
			return "";
		}
		String stripped = text.strip();
		if (stripped.codePointCount(0, stripped.length()) <= LONGEST) {
			return Visible.text(stripped);
		}
		return Visible.text(stripped.substring(0, stripped.offsetByCodePoints(0, LONGEST))) + " …";
	}

	/**
	 * {@return whether the text has a character that a reader would not see}
	 */
	static boolean hides(String text) {
		return text.codePoints().anyMatch(Visible::hidden);
	}

}
