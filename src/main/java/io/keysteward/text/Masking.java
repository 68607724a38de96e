package io.keysteward.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Keeps whole secrets out of everything that outlives the row in which they came. What is
 * a mask stands in docs/masks.md.
 */
public final class Masking {

	/** What vendors put in place of hidden characters. */
	private static final String MASKS = "*＊∗•●∙·⋅✱█■#";

	private static final String ELLIPSES = "…⋯";

	private static final String FULL_STOPS = ".";

	private static final String CROSSES = "xX";

	private static final List<String> HIDING = List.of(MASKS, FULL_STOPS, CROSSES, ELLIPSES);

	/** A single star or middle dot may be part of a secret; an ellipsis is not. */
	private static final int FEWEST_MASKS = 2;

	private static final int FEWEST_FULL_STOPS = 3;

	private static final int FEWEST_CROSSES = 4;

	/** What stands between the parts of a mask and shows nothing. */
	private static final String SEPARATORS = " -_.:/";

	/** With nothing hidden, so few characters are the hint, mostly the last four. */
	private static final int LONGEST_BARE_HINT = 4;

	private static final int LONGEST_HINT = 8;

	private static final int MOST_VISIBLE = 12;

	/** Two characters may be seen for each sign that hides one. */
	private static final int VISIBLE_PER_SIGN = 2;

	private static final int LONGEST_PUBLIC_WORD = 16;

	private static final int LONGEST_NUMBERED_WORD = 5;

	private static final int LONGEST_PUBLIC_PREFIX = 32;

	/** What sources say in place of a value. */
	private static final Set<String> WORDS = Set.of("hidden", "redacted", "masked", "filtered", "removed", "encrypted",
			"hashed", "secret", "unknown", "undefined", "not shown", "not available", "not stored");

	private static final int SHORTEST_KEPT = 12;

	private static final int KEPT = 4;

	private Masking() {
	}

	/**
	 * {@return whether the value hides nothing of a secret, or too little of it}
	 * @param maskedKey what the source returned as the masked key
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
	 * {@return where words that anybody may know end, such as {@code sk-live-}}
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
	 * Small letters, perhaps a capital before them and two digits behind: no secret's
	 * part.
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
	 * {@return where what hides characters ends that begins there; the same where none
	 * does}
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
	 * {@return the characters that hide together with this one; null: it hides nothing}
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
	 * {@return at most the first and the last four characters of a value, and never more
	 * than half of it; the rest hidden}
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
