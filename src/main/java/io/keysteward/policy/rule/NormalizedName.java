package io.keysteward.policy.rule;

import java.text.Normalizer;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Normalises names so that look-alikes compare equal.
 */
final class NormalizedName {

	/** Longer names are cut, since names are untrusted. */
	private static final int LONGEST = 512;

	/** The lower case of {@code İ}, whose second character is a mark. */
	private static final String DOTTED_I = "i\u0307";

	private NormalizedName() {
	}

	/**
	 * {@return the name with compatible characters unified, invisible ones dropped,
	 * spaces collapsed and case folded; empty: nothing is visible}
	 */
	static String normalize(@Nullable String name) {
		if (name == null) {
			return "";
		}
		// A fast path for nearly all of millions of names and ids.
		return isPlain(name) ? name.toLowerCase(Locale.ROOT)
				: folded(visible(Normalizer.normalize(name, Normalizer.Form.NFKC)));
	}

	/**
	 * {@return whether a value looks the same as a name}
	 * @param value the value in its row
	 * @param normalName a normalised name, cut to the limit
	 */
	static boolean isLike(String value, String normalName) {
		// A plain value keeps its length, and nearly all ids differ from the name in
		// length.
		if (value.length() != normalName.length() && value.length() <= LONGEST && isPlain(value)) {
			return false;
		}
		return cut(normalize(value)).equals(normalName);
	}

	/**
	 * {@return the text, cut if it is too long to be matched}
	 */
	static String cut(String text) {
		// A short text need not be counted, which matters here.
		return (text.length() <= LONGEST || text.codePointCount(0, text.length()) <= LONGEST) ? text
				: text.substring(0, text.offsetByCodePoints(0, LONGEST));
	}

	/** Visible ASCII without a space, in which only the case can differ. */
	private static boolean isPlain(String name) {
		for (int i = 0; i < name.length(); i++) {
			if (name.charAt(i) <= ' ' || name.charAt(i) >= 0x7F) {
				return false;
			}
		}
		return true;
	}

	private static String visible(String text) {
		StringBuilder visible = new StringBuilder(text.length());
		boolean space = false;
		for (int i = 0; i < text.length();) {
			int character = text.codePointAt(i);
			i += Character.charCount(character);
			if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
				space = true;
			}
			else if (!isInvisible(character)) {
				visible.append((space && !visible.isEmpty()) ? " " : "").appendCodePoint(character);
				space = false;
			}
		}
		return visible.toString();
	}

	private static boolean isInvisible(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
			default -> isBlankGlyph(character);
		};
	}

	/** Invisible, although letters and marks by category. */
	private static boolean isBlankGlyph(int character) {
		return switch (character) {
			// Grapheme joiner, Hangul fillers, Khmer's inherent vowels, Mongolian
			// variants, blank Braille pattern.
			case 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800 -> true;
			default -> (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
		};
	}

	/** Through upper case, so that {@code ß} equals {@code SS}. */
	private static String folded(String text) {
		return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace(DOTTED_I, "i");
	}

}
