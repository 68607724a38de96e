package io.keysteward.key;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Keeps whole secrets out of everything that outlives the row in which they came.
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

	/**
	 * Shorter unmasked values are hints such as the last four characters, not secrets.
	 */
	private static final int SHORTEST_SECRET = 12;

	/**
	 * An unbroken visible run of this length is a secret, whatever is masked around it.
	 */
	private static final int LONGEST_HINT = 20;

	/**
	 * So many visible characters are a secret with a hole in it, however short their
	 * runs.
	 */
	private static final int MOST_VISIBLE = 32;

	private static final int KEPT = 4;

	private Masking() {
	}

	/**
	 * {@return whether the value shows so much that it may be the secret itself: no
	 * hidden part at all, an unbroken visible run of twenty characters, or thirty-two
	 * visible ones in all}
	 * @param maskedKey what the source returned as the masked key
	 */
	public static boolean showsSecret(@Nullable String maskedKey) {
		if (maskedKey == null || length(maskedKey.strip()) < SHORTEST_SECRET) {
			return false;
		}
		String value = maskedKey.strip();
		int start = 0;
		int visible = 0;
		for (int at = 0; at < value.length();) {
			int end = hiddenUpTo(value, at);
			if (end == at) {
				at++;
				continue;
			}
			int run = value.codePointCount(start, at);
			if (run >= LONGEST_HINT) {
				return true;
			}
			visible += run;
			start = end;
			at = end;
		}
		int last = value.codePointCount(start, value.length());
		return start == 0 || last >= LONGEST_HINT || visible + last >= MOST_VISIBLE;
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
		if (length < SHORTEST_SECRET) {
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
