package io.keysteward.policy.rule;

import java.util.BitSet;

/**
 * Recognises random text: letters, digits and case change more often than in words, and
 * adjacent letters are rare in any language.
 */
final class RandomText {

	/**
	 * Adjacent letters in words of Latin script: nine of ten pairs in texts, a third of
	 * all possible ones.
	 */
	private static final String PAIRS = "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as"
			+ " ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no"
			+ " ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im"
			+ " mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag"
			+ " if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi da yo cr cl du ga qu ue ff ba ey ls"
			+ " va um pp ua up lu go ht ru ug ds lt pi rc rr eg au ck ew mu br bi pt ak pu ui rg ib tl ny ki rk ys ob mm"
			+ " fu ph og ms ye ud mb ip ub oi rl gu dr hr cc tw ft wn nu af hu nn eo vo rv nf xp gn sm ok my gl aw ju sy"
			+ " sl ps lf nv nk kn gs dy bs ik dd pt db sd";

	private static final BitSet USUAL = usual();

	private static final int LETTERS = 26;

	/** Text that stands alone must be longer than text after a word such as "key". */
	private static final int SHORTEST = 16;

	private static final int SHORTEST_BEHIND = 8;

	private static final int SHORTEST_HEX = 8;

	private static final int SHORTEST_HEX_BEHIND = 6;

	private static final int LONG_HEX = 10;

	private static final int SHORTEST_PIECE = 6;

	private static final int SHORTEST_WORD = 4;

	private static final int LONG = 20;

	private static final int FEWEST_NUMBERS = 3;

	private static final int FEWEST_NUMBERS_BEHIND = 1;

	/** So many usual pairs in a row form a word. */
	private static final int LONGEST_WORDLY = 6;

	/** The share of odd pairs in percent; words have about thirty. */
	private static final int SHARE = 52;

	private static final int SHARE_OF_LONG = 40;

	private static final int SHARE_OF_FEW_NUMBERS = 60;

	private RandomText() {
	}

	/**
	 * {@return whether a whole name is random text}
	 * @param written the name with its case
	 */
	static boolean is(String written) {
		return hasHex(written, SHORTEST_HEX, 3) || (written.length() >= SHORTEST && isDrawn(written, FEWEST_NUMBERS));
	}

	/**
	 * {@return whether the text after a word such as "key" is random}
	 */
	static boolean isBehind(String written) {
		return hasHex(written, SHORTEST_HEX_BEHIND, 1)
				|| (written.length() >= SHORTEST_BEHIND && isDrawn(written, FEWEST_NUMBERS_BEHIND));
	}

	/**
	 * Digits and hexadecimal letters alternate several times, unlike in {@code cafe2024}.
	 */
	private static boolean hasHex(String written, int shortest, int fewestChanges) {
		int length = written.length();
		if (length < shortest) {
			return false;
		}
		int digits = 0;
		int changes = 0;
		char before = 0;
		for (int i = 0; i < length; i++) {
			char character = written.charAt(i);
			if (character == '-' && length >= LONG && before != '-' && before != 0) {
				before = character;
				continue;
			}
			if (Character.digit(character, 16) < 0 || character >= 0x80) {
				return false;
			}
			digits += isDigit(character) ? 1 : 0;
			changes += (before != 0 && before != '-' && isDigit(before) != isDigit(character)) ? 1 : 0;
			before = character;
		}
		return digits > 1 && digits < length && changes >= (length < LONG_HEX ? 3 : fewestChanges);
	}

	private static boolean isDrawn(String written, int fewestNumbers) {
		int numbers = 0;
		int rises = 0;
		int pairs = 0;
		int odd = 0;
		int wordly = 0;
		int longest = 0;
		int start = 0;
		for (int i = 0; i <= written.length(); i++) {
			char character = (i < written.length()) ? written.charAt(i) : '-';
			if (!isAlphanumeric(character)) {
				if ("-_.+/=~".indexOf(character) < 0 || isWord(written, start, i)) {
					return false;
				}
				longest = Math.max(longest, i - start);
				start = i + 1;
				wordly = 0;
				continue;
			}
			boolean first = i == start;
			numbers += (isDigit(character) && (first || !isDigit(written.charAt(i - 1)))) ? 1 : 0;
			if (first) {
				continue;
			}
			char before = written.charAt(i - 1);
			boolean oddPair = isOdd(before, character);
			pairs++;
			odd += oddPair ? 1 : 0;
			rises += (isLower(before) && isUpper(character)) ? 1 : 0;
			wordly = (oddPair || isDigit(character)) ? 0 : wordly + 1;
			if (wordly >= LONGEST_WORDLY) {
				return false;
			}
		}
		int share = (longest >= LONG && numbers > 2) ? SHARE_OF_LONG
				: (numbers >= fewestNumbers) ? SHARE : SHARE_OF_FEW_NUMBERS;
		boolean mixed = numbers >= Math.min(fewestNumbers, 2) || (numbers > 0 && rises > 1)
				|| rises > ((fewestNumbers == FEWEST_NUMBERS) ? 3 : 1);
		return mixed && longest >= SHORTEST_PIECE && odd * 100 >= pairs * share;
	}

	/** No word has such a pair. */
	private static boolean isOdd(char before, char after) {
		return isDigit(before) != isDigit(after) || (isLower(before) && isUpper(after))
				|| !(isDigit(before) || isUsual(before, after));
	}

	/**
	 * {@return whether a piece is a word, or a word and a number; the first piece may be
	 * as short as {@code i}}
	 */
	private static boolean isWord(String text, int from, int to) {
		int end = from;
		while (end < to && !isDigit(text.charAt(end)) && !(end > from && turnsUpper(text, from, end))) {
			end++;
		}
		int letters = end - from;
		boolean first = from == 0 && letters == to - from;
		if (letters < SHORTEST_WORD) {
			return first && letters > 0;
		}
		int unusual = 0;
		for (int i = from + 1; i < end; i++) {
			unusual += isUsual(text.charAt(i - 1), text.charAt(i)) ? 0 : 1;
		}
		return (letters == to - from) ? unusual * 2 < letters : unusual == 0;
	}

	/**
	 * {@return whether the case changes here, other than after a first capital}
	 */
	private static boolean turnsUpper(String text, int from, int at) {
		return isUpper(text.charAt(at)) != isUpper(text.charAt(at - 1))
				&& !(at == from + 1 && isLower(text.charAt(at)));
	}

	private static boolean isUsual(char before, char after) {
		int pair = index(before) * LETTERS + index(after);
		return USUAL.get(pair);
	}

	private static int index(char letter) {
		return (letter | 0x20) - 'a';
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static boolean isLower(char character) {
		return character >= 'a' && character <= 'z';
	}

	private static boolean isUpper(char character) {
		return character >= 'A' && character <= 'Z';
	}

	private static boolean isAlphanumeric(char character) {
		return isDigit(character) || isLower(character) || isUpper(character);
	}

	private static BitSet usual() {
		BitSet usual = new BitSet(26 * 26);
		for (String pair : PAIRS.split(" ")) {
			usual.set(index(pair.charAt(0)) * 26 + index(pair.charAt(1)));
		}
		return usual;
	}

}
