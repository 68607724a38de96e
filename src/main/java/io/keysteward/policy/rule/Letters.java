package io.keysteward.policy.rule;

import java.text.Normalizer;

/**
 * Reduces a name to letters and digits without accents, with one space for anything
 * between them.
 */
final class Letters {

	private Letters() {
	}

	/**
	 * {@return the letters of a normalised name}
	 */
	static String extract(String normalName) {
		return spaced(isAscii(normalName) ? normalName : withoutAccents(normalName));
	}

	private static boolean isAscii(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) >= 0x80) {
				return false;
			}
		}
		return true;
	}

	private static String spaced(String name) {
		StringBuilder letters = new StringBuilder(name.length());
		boolean separated = false;
		for (int i = 0; i < name.length();) {
			int character = name.codePointAt(i);
			i += Character.charCount(character);
			if (isSpoken(character)) {
				letters.append((separated && !letters.isEmpty()) ? " " : "").appendCodePoint(character);
				separated = false;
			}
			else {
				separated = true;
			}
		}
		return letters.toString();
	}

	/** In Indian scripts and Thai, marks are vowels. */
	private static boolean isSpoken(int character) {
		return Character.isLetterOrDigit(character) || switch (Character.getType(character)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.LETTER_NUMBER -> true;
			default -> false;
		};
	}

	private static String withoutAccents(String name) {
		String apart = Normalizer.normalize(name, Normalizer.Form.NFD);
		StringBuilder bare = new StringBuilder(apart.length());
		for (int i = 0; i < apart.length(); i++) {
			if (!isAccent(apart.charAt(i))) {
				bare.append(apart.charAt(i));
			}
		}
		return Normalizer.normalize(bare, Normalizer.Form.NFC);
	}

	/**
	 * Accents of Latin, Greek and Cyrillic, and vowel points of Hebrew and Arabic.
	 */
	private static boolean isAccent(char character) {
		return (character >= 0x0300 && character <= 0x036F) || (character >= 0x0591 && character <= 0x05C7)
				|| (character >= 0x064B && character <= 0x0655);
	}

}
