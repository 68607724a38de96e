package io.keysteward.policy.rule;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises names chosen by a machine: standard formats, prefixes of secrets, and random
 * text, alone or after filler words.
 */
final class GeneratedNames {

	private static final String UUID = "(?:urn:uuid:)?[\\[({<]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[\\])}>]?";

	private static final String HEX = "(?:[0-9a-f]{16,}|0x[0-9a-f]{8,})";

	/** The first digit is at most 7, since 130 bits hold 128. */
	private static final String ULID = "[0-7][0-9a-hjkmnp-tv-z]{25}";

	/** The default name in the consoles of Volcengine and BytePlus. */
	private static final String TIMESTAMPED = "api-key-[0-9]{8,17}";

	private static final String DIGITS = "\\p{Nd}+(?:\\.[0-9]{3,9})?";

	private static final String CLOCK = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?";

	private static final String DATE = "(?:[0-9]{4}[-/._][0-9]{1,2}(?:[-/._][0-9]{1,2})?"
			+ "|[0-9]{1,2}[-/._][0-9]{1,2}[-/._](?:[0-9]{4}|[0-9]{2})|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?"
			+ "|[0-9]{4}년 ?[0-9]{1,2}월(?: ?[0-9]{1,2}일)?)(?:[t _]" + CLOCK + ")?";

	private static final String PACKED_TIME = "[0-9]{8}[-_t][0-9]{4,9}z?";

	/** Vendors' prefixes of secrets that need no separator after them. */
	private static final String SECRET = "(?:akia|asia)[0-9a-z]{16}|aiza[0-9a-z_-]{35}|eyj[0-9a-z_-]{12,}\\.[0-9a-z_.-]+"
			+ "|(?:sk|ac|dapi)[0-9a-f]{32}";

	/**
	 * A single pattern, since most names fail at the first character. The JDK's engine is
	 * several times as fast as RE2/J, and safe here: there are no nested repetitions.
	 */
	private static final Pattern GENERATED = Pattern
		.compile(String.join("|", UUID, HEX, ULID, TIMESTAMPED, DIGITS, CLOCK, DATE, PACKED_TIME, SECRET));

	/** Prefixes of secrets of Stripe, OpenAI, GitHub, GitLab, Slack and others. */
	private static final Set<String> PREFIXES = Set.of("sk", "pk", "rk", "pplx", "gsk", "xai", "hf", "npm", "pypi",
			"r8", "whsec", "glpat", "gldt", "glrt", "glptt", "ghp", "gho", "ghu", "ghs", "ghr", "github", "xoxa",
			"xoxb", "xoxe", "xoxp", "xoxr", "xoxs", "xapp", "sg", "dop", "doo", "shpat", "shpss", "shpca", "shppa",
			"nrak", "nrjs", "nrii", "glsa", "glc", "sntrys", "sntryu", "pmak", "sbp", "sb", "phc", "phx", "rnd", "fo1",
			"tskey", "dckr", "lin", "figd", "ntn", "hvs", "key", "sess", "pul", "dp", "rubygems", "akia", "asia",
			"aiza", "sq0atp", "sq0csp");

	/** The text between such a prefix and the random text. */
	private static final Pattern INFIX = Pattern
		.compile("[-_.](?:(?:live|test|proj|prod|ant|or|svcacct|admin|api[0-9]{2}|v[0-9]|auth|client|pt|pat|api|secret"
				+ "|publishable)[-_.])*");

	private static final Pattern MASKED = Pattern.compile("[*.…•·#x]{3,}[0-9a-z]{0,6}");

	private static final String SEPARATORS = " -_.:/#";

	private static final int LONG = 12;

	private static final int LONGEST_PREFIX = 8;

	private static final int MOST_WORDS = 6;

	private static final int SHORTEST_WORD = 2;

	private GeneratedNames() {
	}

	/**
	 * {@return whether a name was chosen by a machine, or matches a pattern that the
	 * source declares}
	 * @param normalName a normalised name
	 * @param written the name with its case
	 * @param words the filler words
	 * @param declared the source's own patterns
	 */
	static boolean matches(String normalName, String written, PlaceholderNames words,
			List<Predicate<String>> declared) {
		if (mayBeGenerated(normalName) && (isWhole(normalName, written) || followsPrefix(normalName, written)
				|| followsWords(normalName, written, words))) {
			return true;
		}
		for (Predicate<String> shape : declared) {
			if (shape.test(normalName)) {
				return true;
			}
		}
		return false;
	}

	/** Quickly rules out most names, which are short and have no digit. */
	private static boolean mayBeGenerated(String name) {
		if (name.length() >= LONG) {
			return true;
		}
		for (int at = 0; at < name.length(); at++) {
			if (Character.isDigit(name.charAt(at))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isWhole(String normalName, String written) {
		return GENERATED.matcher(normalName).matches() || RandomText.is(written);
	}

	private static boolean followsPrefix(String normalName, String written) {
		int end = 0;
		while (end < normalName.length() && end <= LONGEST_PREFIX && "-_.*…•·#".indexOf(normalName.charAt(end)) < 0) {
			end++;
		}
		if (end > LONGEST_PREFIX || end == normalName.length() || !PREFIXES.contains(normalName.substring(0, end))) {
			return false;
		}
		Matcher infix = INFIX.matcher(normalName).region(end, normalName.length());
		return MASKED.matcher(normalName).region(end, normalName.length()).matches()
				|| (infix.lookingAt() && isBehind(normalName, written, infix.end()));
	}

	private static boolean followsWords(String normalName, String written, PlaceholderNames words) {
		int looked = 0;
		for (int at = SHORTEST_WORD; at < normalName.length() - 1 && looked < MOST_WORDS; at++) {
			if (SEPARATORS.indexOf(normalName.charAt(at)) >= 0) {
				looked++;
				String before = normalName.substring(0, at);
				if (!words.mayBegin(before)) {
					return false;
				}
				if (isBehind(normalName, written, at + 1) && words.contains(before)) {
					return true;
				}
			}
		}
		return false;
	}

	private static boolean isBehind(String normalName, String written, int from) {
		String rest = normalName.substring(from);
		return (rest.length() >= 8 && GENERATED.matcher(rest).matches()) || MASKED.matcher(rest).matches()
				|| RandomText.isBehind((written.length() == normalName.length()) ? written.substring(from) : rest);
	}

}
