package io.keysteward.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.key.Failure;
import org.postgresql.Driver;

/**
 * What may be said of a database's URL, which may have a password anywhere.
 */
public final class DatabaseUrl {

	private static final Pattern PLACE = Pattern.compile("jdbc:postgresql:(?://)?([^?]+)");

	private static final Pattern USER = Pattern.compile("//[^/?]*@");

	private static final Pattern MAY_HOLD_A_PASSWORD = Pattern.compile("[@?;&=]");

	private static final Pattern SCHEME = Pattern.compile("^(jdbc:)?[\\w.+-]+:");

	private DatabaseUrl() {
	}

	/**
	 * {@return host, port and database, and nothing else of the URL}
	 */
	public static Optional<String> place(String url) {
		return Optional.of(PLACE.matcher(url))
			.filter((parts) -> understood(url) && parts.lookingAt())
			.map((parts) -> parts.group(1));
	}

	/**
	 * Refuses a URL that the driver would not understand.
	 * @param property where it was written
	 */
	static void requireOfPostgresql(String property, String url) {
		if (!understood(url)) {
			throw Failure.configuration(property + ": '" + shown(url) + "' is not allowed; it must start with"
					+ " jdbc:postgresql://, such as jdbc:postgresql://db.example.com:5432/keysteward");
		}
	}

	/** The driver takes what stands before an {@code @} for a part of the host's name. */
	private static boolean understood(String url) {
		return url.startsWith("jdbc:postgresql:") && !USER.matcher(url).find() && Driver.parseURL(url, null) != null;
	}

	private static String shown(String url) {
		if (!MAY_HOLD_A_PASSWORD.matcher(url).find()) {
			return url;
		}
		Matcher scheme = SCHEME.matcher(url);
		return (scheme.find() ? scheme.group() : "") + "…";
	}

}
