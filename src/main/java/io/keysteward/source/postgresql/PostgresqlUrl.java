package io.keysteward.source.postgresql;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.SocketFactory;

import io.keysteward.text.ShownUrl;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.hostchooser.HostRequirement;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/**
 * Parses a URL as PostgreSQL's driver does, and finds permanent faults in it.
 */
public final class PostgresqlUrl {

	private static final String PREFIX = "jdbc:postgresql:";

	private static final Pattern CREDENTIAL = Pattern.compile("(?i)^[^?]*@|[?&;](password|sslpassword)=");

	private PostgresqlUrl() {
	}

	/**
	 * {@return whether it holds a user or password, which have settings of their own}
	 */
	static boolean holdsPassword(String url) {
		return CREDENTIAL.matcher(url).find();
	}

	/**
	 * {@return the fault in words without secrets; empty: none}
	 * @param more further properties for the driver
	 */
	public static Optional<String> fault(String url, Map<String, String> more) {
		if (ShownUrl.impossiblePort(url).isPresent()) {
			return Optional.of("'" + ShownUrl.of(url) + "' is not allowed; a port is a number from 1 to 65535");
		}
		Properties parsed = parsed(url, more).orElse(null);
		if (parsed == null) {
			return Optional.of("'" + ShownUrl.of(url) + "' is not allowed; it must start with jdbc:postgresql://,"
					+ " such as jdbc:postgresql://db.example.com:5432/keysteward");
		}
		return Stream.of(PGProperty.SOCKET_FACTORY, PGProperty.SSL_FACTORY)
			.filter((property) -> !makesSockets(property.getOrDefault(parsed)))
			.findFirst()
			.map((property) -> property.getName() + " names no class that makes sockets; correct it, or leave it out")
			.or(() -> unknownWord(parsed));
	}

	/** The driver would report it as a failed connection. */
	private static Optional<String> unknownWord(Properties parsed) {
		try {
			SslMode.of(parsed);
		}
		catch (PSQLException ex) {
			return Optional
				.of("sslmode '" + PGProperty.SSL_MODE.getOrDefault(parsed) + "' is not allowed; write one of "
						+ Arrays.stream(SslMode.values()).map((mode) -> mode.value).toList());
		}
		String type = PGProperty.TARGET_SERVER_TYPE.getOrDefault(parsed);
		try {
			HostRequirement.getTargetServerType(String.valueOf(type));
			return Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.of("targetServerType '" + type + "' is not allowed; write one of "
					+ Arrays.toString(PGProperty.TARGET_SERVER_TYPE.getChoices()));
		}
	}

	/**
	 * {@return the driver's properties in a URL; empty: the driver does not understand
	 * it}
	 * @param more properties that apply unless the URL sets them
	 */
	public static Optional<Properties> parsed(String url, Map<String, String> more) {
		if (ShownUrl.impossiblePort(url).isPresent() || !isOnlyPlace(url)) {
			return Optional.empty();
		}
		Properties given = new Properties();
		given.putAll(more);
		return Optional.ofNullable(Driver.parseURL(url, given));
	}

	/** The driver reads the text before an {@code @} as a part of the host's name. */
	private static boolean isOnlyPlace(String url) {
		return url.startsWith(PREFIX) && !url.split("\\?", 2)[0].contains("@");
	}

	private static boolean makesSockets(String name) {
		try {
			return name == null || name.isEmpty() || SocketFactory.class
				.isAssignableFrom(Class.forName(name, false, PostgresqlUrl.class.getClassLoader()));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
