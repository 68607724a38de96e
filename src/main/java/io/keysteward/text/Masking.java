package io.keysteward.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Masks values that show too much of a secret, before anything is stored. docs/masks.md
 * defines what a mask is.
 */
public final class Masking {

	/** The signs that vendors use for hidden characters. */
	private static final String MASKS = "*＊∗•●∙·⋅✱█■#";

	private static final String ELLIPSES = "…⋯";

	private static final String FULL_STOPS = ".";

	private static final String CROSSES = "xX";

	private static final List<String> HIDING = List.of(MASKS, FULL_STOPS, CROSSES, ELLIPSES);

	/** A single star or middle dot may be part of a secret; an ellipsis is not. */
	private static final int FEWEST_MASKS = 2;

	private static final int FEWEST_FULL_STOPS = 3;

	private static final int FEWEST_CROSSES = 4;

	/** Separators between the parts of a mask. */
	private static final String SEPARATORS = " -_.:/";

	/** So few characters are a hint even if nothing is hidden, usually the last four. */
	private static final int LONGEST_BARE_HINT = 4;

	private static final int LONGEST_HINT = 8;

	private static final int MOST_VISIBLE = 12;

	/** For each hiding sign two characters may be visible. */
	private static final int VISIBLE_PER_SIGN = 2;

	private static final int LONGEST_PUBLIC_WORD = 16;

	private static final int LONGEST_NUMBERED_WORD = 5;

	private static final int LONGEST_PUBLIC_PREFIX = 32;

	/** The words that sources use in place of a value. */
	private static final Set<String> WORDS = Set.of("hidden", "redacted", "masked", "filtered", "removed", "encrypted",
			"hashed", "secret", "unknown", "undefined", "not shown", "not available", "not stored");

	private static final int SHORTEST_KEPT = 12;

	private static final int KEPT = 4;

	private Masking() {
	}

	/**
	 * {@return whether the value hides nothing or too little of a secret}
	 * @param maskedKey the source's value of the masked key
	 */
	public static boolean showsSecret(@Nullable String maskedKey) {
		if (maskedKey == null) {
			return false;
		}
		String value = maskedKey.strip();
		if (length(value) <= LONGEST_BARE_HINT || isWord(value)) {
			return false;
		}
		int start = publicPrefix(value);
		boolean hidden = false;
		boolean open = false;
		int signs = 0;
		int visible = 0;
		int run = 0;
		for (int at = 0; at < value.length();) {
			int end = hiddenUpTo(value, at);
			if (end > at) {
				hidden = true;
				signs += end - at;
				open |= hidesAnyLength(value.charAt(at));
				run = 0;
				at = end;
				continue;
			}
			if (at >= start && SEPARATORS.indexOf(value.charAt(at)) < 0) {
				run++;
				visible++;
			}
			if (run > LONGEST_HINT) {
				return true;
			}
			at += Character.charCount(value.codePointAt(at));
		}
		return hidden ? visible > MOST_VISIBLE || (!open && visible > signs * VISIBLE_PER_SIGN)
				: visible > LONGEST_BARE_HINT;
	}

	/**
	 * {@return the end of a public prefix, such as {@code sk-live-}}
	 */
	private static int publicPrefix(String value) {
		int prefix = 0;
		int start = 0;
		for (int at = 0; at < Math.min(value.length(), LONGEST_PUBLIC_PREFIX); at++) {
			if (SEPARATORS.indexOf(value.charAt(at)) < 0) {
				continue;
			}
			if (hiddenUpTo(value, at) > at || !isPublic(value, start, at)) {
				break;
			}
			start = at + 1;
			prefix = start;
		}
		return prefix;
	}

	/**
	 * Lower-case letters with at most one leading capital and two trailing digits are no
	 * part of a secret.
	 */
	private static boolean isPublic(String value, int from, int to) {
		int end = from;
		while (end < to && (isSmall(value.charAt(end)) || (end == from && isCapital(value.charAt(end))))) {
			end++;
		}
		boolean numbered = end < to;
		for (int at = end; at < to; at++) {
			if (value.charAt(at) < '0' || value.charAt(at) > '9') {
				return false;
			}
		}
		return to - end <= 2 && to - from <= (numbered ? LONGEST_NUMBERED_WORD : LONGEST_PUBLIC_WORD);
	}

	private static boolean isSmall(char character) {
		return character >= 'a' && character <= 'z';
	}

	private static boolean isCapital(char character) {
		return character >= 'A' && character <= 'Z';
	}

	private static boolean isWord(String value) {
		boolean bracketed = "([<{".indexOf(value.charAt(0)) >= 0
				&& ")]>}".indexOf(value.charAt(value.length() - 1)) >= 0;
		String word = bracketed ? value.substring(1, value.length() - 1).strip() : value;
		return WORDS.contains(word.toLowerCase(Locale.ROOT));
	}

	private static boolean hidesAnyLength(char sign) {
		return FULL_STOPS.indexOf(sign) >= 0 || ELLIPSES.indexOf(sign) >= 0;
	}

	/**
	 * {@return the end of the hiding signs that begin there; the same position: none do}
	 */
	private static int hiddenUpTo(String value, int from) {
		String alike = alike(value.charAt(from));
		if (alike == null) {
			return from;
		}
		int end = from + 1;
		while (end < value.length() && alike.indexOf(value.charAt(end)) >= 0) {
			end++;
		}
		int fewest = switch (alike) {
			case MASKS -> FEWEST_MASKS;
			case FULL_STOPS -> FEWEST_FULL_STOPS;
			case CROSSES -> FEWEST_CROSSES;
			default -> 1;
		};
		return (end - from >= fewest) ? end : from;
	}

	/**
	 * {@return the signs that hide together with this one; null: it hides nothing}
	 */
	private static @Nullable String alike(char character) {
		if (Character.isLetterOrDigit(character) && character != 'x' && character != 'X') {
			return null;
		}
		for (String alike : HIDING) {
			if (alike.indexOf(character) >= 0) {
				return alike;
			}
		}
		return null;
	}

	/**
	 * {@return the value masked: at most its first and last four characters are visible,
	 * and never more than half of it}
	 * @param secret a value that shows too much
	 */
	public static String mask(String secret) {
		String value = secret.strip();
		int length = length(value);
		if (length < SHORTEST_KEPT) {
			return "****";
		}
		int kept = Math.min(KEPT, length / 4);
		int start = value.offsetByCodePoints(0, kept);
		int end = value.offsetByCodePoints(value.length(), -kept);
		return value.substring(0, start) + "****" + value.substring(end);
	}

	private static int length(String value) {
		return value.codePointCount(0, value.length());
	}

}
