package io.keysteward.notice;

import org.jspecify.annotations.Nullable;

/**
 * Text of others, as one line in which nothing hides: control, bidirectional and
 * invisible characters are written as {@code <U+202E>}.
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
		StringBuilder visible = new StringBuilder();
		text.strip().codePoints().limit(LONGEST).forEach((point) -> append(visible, point));
		return (text.strip().codePointCount(0, text.strip().length()) > LONGEST) ? visible + " …" : visible.toString();
	}

	/**
	 * {@return whether the text has a character that a reader would not see}
	 */
	static boolean hides(String text) {
		return text.codePoints().anyMatch(VisibleText::hidden);
	}

	private static void append(StringBuilder visible, int point) {
		if (hidden(point)) {
			visible.append(String.format("<U+%04X>", point));
		}
		else {
			visible.appendCodePoint(point);
		}
	}

	private static boolean hidden(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED ->
				true;
			default -> false;
		};
	}

}
