package io.keysteward.key;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keeps whole secrets out of everything that outlives the row in which they came.
 */
public final class Masking {

	/**
	 * What vendors put in place of hidden characters; three dots, not one: ids contain
	 * single dots.
	 */
	private static final Pattern HIDDEN = Pattern.compile("[*•●·…✱]+|\\.{3,}|[xX]{4,}");

	/**
	 * Shorter unmasked values are hints such as the last four characters, not secrets.
	 */
	private static final int SHORTEST_SECRET = 12;

	/**
	 * An unbroken visible run of this length is a secret, whatever is masked around it.
	 */
	private static final int LONGEST_HINT = 20;

	private static final int KEPT = 4;

	private Masking() {
	}

	/**
	 * {@return whether the value shows so much that it may be the secret itself: no
	 * hidden part at all, or an unbroken visible run of twenty characters}
	 * @param maskedKey what the source returned as the masked key
	 */
	public static boolean showsSecret(@Nullable String maskedKey) {
		if (maskedKey == null || maskedKey.strip().length() < SHORTEST_SECRET) {
			return false;
		}
		String[] visible = HIDDEN.split(maskedKey.strip(), -1);
		if (visible.length == 1) {
			return true;
		}
		for (String run : visible) {
			if (run.length() >= LONGEST_HINT) {
				return true;
			}
		}
		return false;
	}

	/**
	 * {@return at most the first and the last four characters of a value, the rest
	 * hidden}
	 * @param secret a value that shows too much
	 */
	public static String mask(String secret) {
		String value = secret.strip();
		int start = value.offsetByCodePoints(0, Math.min(KEPT, value.codePointCount(0, value.length())));
		int kept = Math.min(KEPT, value.codePointCount(start, value.length()));
		int end = value.offsetByCodePoints(value.length(), -kept);
		if (end - start < KEPT) {
			return "****";
		}
		return value.substring(0, start) + "****" + value.substring(end);
	}

}
