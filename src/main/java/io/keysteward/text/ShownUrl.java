package io.keysteward.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reduces a URL to scheme, hosts, ports and database. The rest may hold a user, a
 * password or a token; of a URL that cannot be split with certainty nothing is shown.
 */
public final class ShownUrl {

	private static final String HOST = "(?:[\\w.-]+|\\[[\\da-fA-F:.]+])(?::\\d{1,5})?";

	private static final Pattern PLAIN = Pattern.compile("(?s)(?:(jdbc:)?([a-zA-Z][a-zA-Z\\d+.-]*)://)?(" + HOST
			+ "(?:," + HOST + ")*)(/[\\w.%-]*)?" + "(?:[/?#].*)?");

	private static final Pattern SCHEME = Pattern.compile("^(?:jdbc:\\w+:|[a-zA-Z][a-zA-Z\\d+.-]*:(?=//))");

	private static final Pattern WITHIN = Pattern.compile("(?:jdbc:\\w+:|\\b[a-zA-Z][a-zA-Z\\d+.-]*://)\\S+");

	private static final Pattern AUTHORITY = Pattern.compile("^[^/?#]*//(?:[^/?#]*@)?([^/?#@]*)");

	private static final Pattern PORT = Pattern.compile(":(\\d+)(?=,|$)");

	private static final int DIGITS = 5;

	private static final int HIGHEST_PORT = 65_535;

	private ShownUrl() {
	}

	/**
	 * {@return the part of a URL that may be printed}
	 * @param url any text in place of a URL
	 */
	public static String of(String url) {
		Matcher plain = PLAIN.matcher(url);
		if (url.contains("@") || !plain.matches()) {
			return scheme(url);
		}
		String scheme = plain.group(2);
		String hosts = plain.group(3);
		if (scheme == null) {
			return hosts.contains(":") ? hosts : "…";
		}
		boolean database = plain.group(1) != null || scheme.startsWith("postgres");
		String name = (database && plain.group(4) != null) ? plain.group(4) : "";
		return ((plain.group(1) != null) ? "jdbc:" : "") + scheme + "://" + hosts + name;
	}

	/**
	 * {@return a message with each URL in it reduced, since drivers quote URLs}
	 */
	public static String within(String message) {
		return WITHIN.matcher(message).replaceAll((url) -> Matcher.quoteReplacement(of(url.group())));
	}

	/**
	 * {@return the port of a URL that no server can have; empty: every port is possible}
	 */
	public static Optional<String> impossiblePort(String url) {
		Matcher authority = AUTHORITY.matcher(url);
		return authority.find() ? PORT.matcher(authority.group(1))
			.results()
			.map((port) -> port.group(1))
			.filter((port) -> port.length() > DIGITS || Integer.parseInt(port) < 1
					|| Integer.parseInt(port) > HIGHEST_PORT)
			.findFirst() : Optional.empty();
	}

	private static String scheme(String url) {
		Matcher scheme = SCHEME.matcher(url);
		return (scheme.find() ? scheme.group() : "") + "…";
	}

}
