package io.keysteward.key;

import java.util.Locale;

/**
 * Makes what hides in untrusted text visible: control characters, line breaks, characters
 * that turn the direction of writing or take no room, halves of surrogate pairs.
 */
public final class Visible {

	private Visible() {
	}

	/**
	 * {@return the text with each hidden character written as {@code \}{@code u202E}}
	 * @param text untrusted text
	 */
	public static String text(String text) {
		if (text.codePoints().noneMatch(Visible::hidden)) {
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
	 * {@return whether a reader would not see the character, or would see others in its
	 * stead}
	 * @param character a code point
	 */
	public static boolean hidden(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				true;
			// Words of some scripts and emoji are written with the joiners.
			case Character.FORMAT -> character != 0x200C && character != 0x200D;
			default -> (character & 0xFFFE) == 0xFFFE;
		};
	}

}
