package io.keysteward.key;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keeps whole secrets out of everything that outlives the row in which they came.
 */
public final class Masking {

	/**
	 * What vendors put in place of hidden characters. A single star or middle dot, and
	 * one or two full stops, may be part of a secret; an ellipsis is not.
	 */
	private static final Pattern HIDDEN = Pattern.compile("[*＊∗•●∙·⋅✱█■#]{2,}|[…⋯]+|\\.{3,}|[xX]{4,}");

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
		Matcher hidden = HIDDEN.matcher(value);
		int start = 0;
		int visible = 0;
		while (hidden.find()) {
			int run = value.codePointCount(start, hidden.start());
			if (run >= LONGEST_HINT) {
				return true;
			}
			visible += run;
			start = hidden.end();
		}
		int last = value.codePointCount(start, value.length());
		return start == 0 || last >= LONGEST_HINT || visible + last >= MOST_VISIBLE;
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
