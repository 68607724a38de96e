package io.keysteward.text;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Makes hidden characters in untrusted text visible: control characters, line breaks,
 * characters that turn the direction of writing or have no width, halves of surrogate
 * pairs.
 */
public final class SafeText {

	/** Longer than any mail, log line or sheet needs. */
	private static final int LONGEST = 400;

	/** Replaces a line break. */
	public static final String LINE_BREAK = "⏎";

	private SafeText() {
	}

	/**
	 * {@return the text, or its beginning and {@code …}}
	 * @param most characters (code points) that are kept
	 */
	public static String beginning(String text, int most) {
		return (text.codePointCount(0, text.length()) <= most) ? text
				: text.substring(0, text.offsetByCodePoints(0, most)) + "…";
	}

	/**
	 * {@return the text made visible, on one line, cut if it is long; empty for null}
	 * @param text untrusted text
	 */
	public static String shortened(@Nullable String text) {
		if (text == null) {
			return "";
		}
		String stripped = text.strip();
		if (stripped.codePointCount(0, stripped.length()) <= LONGEST) {
			return visible(stripped);
		}
		return visible(stripped.substring(0, stripped.offsetByCodePoints(0, LONGEST))) + " …";
	}

	/**
	 * {@return whether the text has a hidden character}
	 * @param text untrusted text
	 */
	public static boolean hides(String text) {
		return text.codePoints().anyMatch(SafeText::hidden);
	}

	/**
	 * {@return the text with each hidden character written as {@code \}{@code u202E}}
	 * @param text untrusted text
	 */
	public static String visible(String text) {
		if (text.codePoints().noneMatch(SafeText::hidden)) {
			return text;
		}
		StringBuilder visible = new StringBuilder(text.length() + 16);
		text.codePoints().forEach((character) -> {
			if (hidden(character)) {
				visible.append(String.format(Locale.ROOT, "\\u%04X", character));
			}
			else {
				visible.appendCodePoint(character);
			}
		});
		return visible.toString();
	}

	/**
	 * {@return the same on one line, with each line break written as {@code ⏎}}
	 * @param text untrusted text
	 */
	public static String line(String text) {
		if (text.codePoints().noneMatch(SafeText::hidden)) {
			return text;
		}
		StringBuilder line = new StringBuilder(text.length() + 16);
		text.replace("\r\n", "\n")
			.codePoints()
			.forEach((character) -> line
				.append(breaksLine(character) ? LINE_BREAK : visible(Character.toString(character))));
		return line.toString();
	}

	/**
	 * {@return whether nobody sees anything of the text}
	 */
	public static boolean isBlank(String text) {
		return text.codePoints()
			.allMatch((character) -> Character.isWhitespace(character) || Character.isSpaceChar(character)
					|| Character.getType(character) == Character.FORMAT || hidden(character));
	}

	/**
	 * {@return whether the character breaks a line}
	 * @param character a code point
	 */
	public static boolean breaksLine(int character) {
		return character == '\n' || character == '\r' || character == 0x85 || character == 0x2028
				|| character == 0x2029;
	}

	/**
	 * {@return whether the character is invisible, or changes how others are shown}
	 * @param character a code point
	 */
	public static boolean hidden(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				true;
			// Words of some scripts and emoji need the joiners.
			case Character.FORMAT -> character != 0x200C && character != 0x200D;
			default -> (character & 0xFFFE) == 0xFFFE;
		};
	}

}
