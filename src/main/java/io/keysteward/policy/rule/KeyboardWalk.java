package io.keysteward.policy.rule;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Recognises keyboard walks: adjacent keys, the alphabet, one key repeated.
 */
final class KeyboardWalk {

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

	private static final String DIGITS = "1234567890";

	private static final int ASCII = 0x80;

	/**
	 * Rows of QWERTY, QWERTZ, AZERTY and ЙЦУКЕН (without accents), columns, the alphabet.
	 */
	private static final List<String> ROWS = List.of(DIGITS, "qwertyuiop", "asdfghjkl;", "zxcvbnm", "qwertzuiop",
			"yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm",
			ALPHABET, "ицукенгшщзхъ", "фывапролджэ", "ячсмитьбю");

	private static final BitSet NEAR = near();

	private static final String HOME_ROW = "asdfghjkl";

	private static final int SHORTEST_RUN = 3;

	private static final int SHORTEST_HOME_ROW = 6;

	private static final int SHORTEST_PATTERN = 6;

	/** The only walks of three letters that count, since others are mostly words. */
	private static final Set<String> SHORT = Set.of("asd", "qwe", "zxc", "sdf", "dfg", "jkl", "lkj", "abc", "xyz",
			"qaz", "wsx", "ицу", "фыв");

	/** Known abbreviations of one letter, and names of people. */
	private static final Set<String> NAMES = Set.of("www", "wwww", "bbb", "ccc", "ppp", "eee", "reza", "azer", "смит");

	private KeyboardWalk() {
	}

	/**
	 * {@return whether a walk may begin here, by the next few characters}
	 */
	static boolean mayBegin(String text, int from) {
		if (from + 2 >= text.length()) {
			return false;
		}
		char first = text.charAt(from);
		char second = text.charAt(from + 1);
		char third = text.charAt(from + 2);
		if (first >= ASCII) {
			return true;
		}
		return (areNear(first, second) && areNear(second, third)) || (isHome(first) && isHome(second) && isHome(third))
				|| (from + SHORTEST_PATTERN <= text.length() && areNear(first, third)
						&& areNear(second, text.charAt(from + 3)));
	}

	private static boolean isHome(char character) {
		return HOME_ROW.indexOf(character) >= 0;
	}

	private static boolean areNear(char one, char other) {
		return one == other || (one < ASCII && other < ASCII && NEAR.get(one * ASCII + other));
	}

	private static BitSet near() {
		BitSet near = new BitSet(ASCII * ASCII);
		for (String row : ROWS) {
			for (int at = 1; at < row.length() && row.charAt(0) < ASCII; at++) {
				near.set(row.charAt(at - 1) * ASCII + row.charAt(at));
				near.set(row.charAt(at) * ASCII + row.charAt(at - 1));
			}
		}
		return near;
	}

	/**
	 * {@return whether this part of a text is a walk}
	 */
	static boolean is(String text, int from, int to) {
		int length = to - from;
		if (length < SHORTEST_RUN || Character.isDigit(text.charAt(from)) && isNumber(text, from, to)) {
			return false;
		}
		if (isJamo(text, from, to)) {
			return true;
		}
		if (length == SHORTEST_RUN && !isRepeated(text, from, to, 1)) {
			return SHORT.contains(text.substring(from, to));
		}
		return (isMadeOfRuns(text, from, to)
				|| (length >= SHORTEST_PATTERN && (isZigzag(text, from, to) || isRepeated(text, from, to, 2)))
				|| (length >= SHORTEST_HOME_ROW && isHomeRow(text, from, to)))
				&& !NAMES.contains(text.substring(from, to));
	}

	private static boolean isMadeOfRuns(String text, int from, int to) {
		int at = from;
		while (at < to) {
			int end = runFrom(text, at, to);
			if (end - at < SHORTEST_RUN) {
				return false;
			}
			at = end;
		}
		return true;
	}

	private static int runFrom(String text, int from, int to) {
		int longest = from + 1;
		while (longest < to && text.charAt(longest) == text.charAt(from)) {
			longest++;
		}
		for (String row : ROWS) {
			longest = Math.max(longest, Math.max(walk(text, from, to, 1, row, 1), walk(text, from, to, 1, row, -1)));
		}
		return longest;
	}

	/**
	 * {@return the end of the walk along a row}
	 * @param every the distance between characters of the walk
	 */
	private static int walk(String text, int from, int to, int every, String row, int direction) {
		int key = row.indexOf(text.charAt(from));
		if (key < 0) {
			return from;
		}
		int at = from;
		while (at < to && key >= 0 && key < row.length() && text.charAt(at) == row.charAt(key)) {
			at += every;
			key += direction;
		}
		return at;
	}

	/**
	 * Whether two walks alternate, as in q1w2e3. Along the alphabet, words such as lumino
	 * do so too.
	 */
	private static boolean isZigzag(String text, int from, int to) {
		String one = walked(text, from, to);
		String other = walked(text, from + 1, to);
		return one != null && other != null
				&& (!(one.equals(ALPHABET) || other.equals(ALPHABET)) || one.equals(DIGITS) || other.equals(DIGITS));
	}

	private static @Nullable String walked(String text, int from, int to) {
		for (String row : ROWS) {
			if (walk(text, from, to, 2, row, 1) >= to || walk(text, from, to, 2, row, -1) >= to) {
				return row;
			}
		}
		return null;
	}

	private static boolean isRepeated(String text, int from, int to, int unit) {
		if ((to - from) % unit != 0) {
			return false;
		}
		for (int at = from + unit; at < to; at++) {
			if (text.charAt(at) != text.charAt(at - unit)) {
				return false;
			}
		}
		return true;
	}

	/** A word of these letters has a vowel. */
	private static boolean isHomeRow(String text, int from, int to) {
		boolean vowel = false;
		for (int at = from; at < to; at++) {
			if (HOME_ROW.indexOf(text.charAt(at)) < 0) {
				return false;
			}
			vowel |= text.charAt(at) == 'a';
		}
		return !vowel || text.startsWith("asd", from);
	}

	private static boolean isNumber(String text, int from, int to) {
		for (int at = from; at < to; at++) {
			if (!Character.isDigit(text.charAt(at))) {
				return false;
			}
		}
		return true;
	}

	/** Hangul letters that form no syllable. */
	private static boolean isJamo(String text, int from, int to) {
		for (int at = from; at < to; at++) {
			if (text.charAt(at) < 0x1100 || text.charAt(at) > 0x11FF) {
				return false;
			}
		}
		return true;
	}

}
