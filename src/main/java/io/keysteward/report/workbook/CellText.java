package io.keysteward.report.workbook;

import java.util.Locale;
import java.util.regex.Pattern;

import io.keysteward.text.SafeText;

/**
 * Makes untrusted text safe for a cell: hidden characters become visible, and text that
 * looks like an escape or a formula stays text.
 */
public final class CellText {

	/** Excel's limit for a cell, in UTF-16 units. */
	static final int LONGEST = 32_767;

	private static final String MARKER = " … [cut here]";

	private static final String FORMULA_STARTS = "=+-@＝＋－＠";

	/** In a workbook {@code _x003D_} stands for an equals sign. */
	private static final Pattern ESCAPE = Pattern.compile("_x\\p{XDigit}{4}_");

	private static final String ESCAPED_LINE = "_x005F_";

	private static final String ESCAPE_START = "_x";

	private static final int ESCAPE_LENGTH = 7;

	private CellText() {
	}

	/**
	 * {@return the text for a cell of a workbook}
	 */
	static String cell(String untrusted) {
		return safe(untrusted, true);
	}

	/**
	 * {@return the text that a program shows in such a cell}
	 */
	static String shown(String untrusted) {
		return cell(untrusted).replace(ESCAPED_LINE, "_");
	}

	/**
	 * {@return the text for a field of a CSV file, never the start of a formula}
	 */
	public static String csv(String untrusted) {
		String text = safe(untrusted, false);
		return startsLikeFormula(text) ? "'" + text : text;
	}

	/**
	 * {@return whether a spreadsheet would read the typed text as a formula}
	 */
	static boolean startsLikeFormula(String text) {
		String start = text.stripLeading();
		return !start.isEmpty() && FORMULA_STARTS.indexOf(start.charAt(0)) >= 0;
	}

	private static String safe(String text, boolean escaped) {
		if (text.length() <= LONGEST && isPlain(text)) {
			return text;
		}
		StringBuilder safe = new StringBuilder(Math.min(text.length(), LONGEST) + 16);
		int cut = 0;
		for (int at = 0; at < text.length();) {
			int character = text.codePointAt(at);
			int next = at + Character.charCount(character);
			if (character == '\r' && next < text.length() && text.charAt(next) == '\n') {
				next++;
			}
			append(safe, character, escaped && startsEscape(text, at));
			if (safe.length() > LONGEST) {
				return safe.substring(0, cut) + MARKER;
			}
			cut = (safe.length() <= LONGEST - MARKER.length()) ? safe.length() : cut;
			at = next;
		}
		return safe.toString();
	}

	/** A quick check for the many texts that need no change. */
	private static boolean isPlain(String text) {
		for (int at = 0; at < text.length(); at++) {
			char character = text.charAt(at);
			boolean ascii = character >= ' ' && character < 0x7F;
			if (ascii ? startsEscape(text, at) : Character.isSurrogate(character) || SafeText.breaksLine(character)
					|| SafeText.hidden(character)) {
				return false;
			}
		}
		return true;
	}

	private static void append(StringBuilder safe, int character, boolean escape) {
		if (escape) {
			safe.append(ESCAPED_LINE);
		}
		else if (SafeText.breaksLine(character)) {
			safe.append(SafeText.LINE_BREAK);
		}
		else if (SafeText.hidden(character)) {
			safe.append(String.format(Locale.ROOT, "\\u%04X", character));
		}
		else {
			safe.appendCodePoint(character);
		}
	}

	private static boolean startsEscape(String text, int at) {
		return text.startsWith(ESCAPE_START, at) && at + ESCAPE_LENGTH <= text.length()
				&& ESCAPE.matcher(text).region(at, at + ESCAPE_LENGTH).matches();
	}

}
