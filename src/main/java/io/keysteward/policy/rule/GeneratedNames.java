package io.keysteward.policy.rule;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Shapes of names that a machine chose.
 */
final class GeneratedNames {

	private static final String UUID = "\\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\\}?";

	private static final String HEX = "(?:0x)?[0-9a-f]{16,}";

	/** Its first digit is at most 7, since it holds 128 bits in 130. */
	private static final String ULID = "[0-7][0-9a-hjkmnp-tv-z]{25}";

	/** What the consoles of Volcengine and BytePlus fill in. */
	private static final String TIMESTAMPED = "api-key-[0-9]{8,17}";

	private static final String DIGITS = "\\p{Nd}+";

	private static final String TIME = "(?:[t ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?";

	private static final String DATE = "(?:[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?"
			+ "|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)" + TIME;

	/**
	 * One pattern, since most names fail all of them at the first character. The JDK's
	 * engine, which is several times as fast, is safe for these: nothing in them repeats
	 * what repeats.
	 */
	private static final Pattern GENERATED = Pattern
		.compile(String.join("|", UUID, HEX, ULID, TIMESTAMPED, DIGITS, DATE));

	private GeneratedNames() {
	}

	/**
	 * {@return whether the name has one of these shapes, or one that the source declares}
	 * @param normalName a normalised name
	 * @param declared the source's own
	 */
	static boolean contain(String normalName, List<Predicate<String>> declared) {
		if (GENERATED.matcher(normalName).matches()) {
			return true;
		}
		for (Predicate<String> shape : declared) {
			if (shape.test(normalName)) {
				return true;
			}
		}
		return false;
	}

}
