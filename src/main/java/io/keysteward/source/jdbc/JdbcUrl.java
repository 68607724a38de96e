package io.keysteward.source.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.NearestWord;
import io.keysteward.text.ShownUrl;

/**
 * Checks the URL of a foreign database. Some parameters make drivers run classes, send
 * local files or give up TLS, so only parameters known to be harmless are allowed.
 */
public final class JdbcUrl {

	static final String SUPPORTED = "jdbc:mysql:, jdbc:mariadb:, jdbc:oceanbase: (MySQL mode), jdbc:sqlite: and"
			+ " jdbc:postgresql:";

	private static final Pattern SQLITE = Pattern.compile("jdbc:sqlite:(?!file:)([^:?#][^?#]*)");

	private static final Pattern CREDENTIAL = Pattern
		.compile("(?i)^[^?]*@|\\(|[?&;](user|username|password[123]?|pwd|keyPassword|keyStorePassword|"
				+ "clientCertificateKeyStorePassword|credentialType)=");

	private static final Pattern SERVER = Pattern.compile(
			"jdbc:(?:mysql|mariadb|oceanbase)://((?:[\\w.-]+|\\[[\\da-fA-F:.]+])(?::\\d{1,5})?)/([^/?#&;]+)(?:\\?([^#]*))?");

	/** Parameters for TLS and time limits, and common ones without effect here. */
	private static final Set<String> PARAMETERS = Set.of("sslMode", "useSSL", "requireSSL", "verifyServerCertificate",
			"serverSslCert", "trustStore", "trustStoreType", "trustStorePassword", "trustCertificateKeyStoreUrl",
			"trustCertificateKeyStoreType", "trustCertificateKeyStorePassword", "fallbackToSystemTrustStore",
			"tlsVersions", "tlsCiphersuites", "enabledSslProtocolSuites", "enabledSslCipherSuites",
			"allowPublicKeyRetrieval", "serverRSAPublicKeyFile", "serverRsaPublicKeyFile", "permitMysqlScheme",
			"connectTimeout", "socketTimeout", "tcpKeepAlive", "useCompression", "characterEncoding", "useUnicode",
			"serverTimezone", "connectionTimeZone", "zeroDateTimeBehavior", "tinyInt1isBit");

	private static final Set<String> VERIFIED = Set.of("verify-full", "verify-identity");

	private JdbcUrl() {
	}

	/**
	 * {@return what is wrong with it, without secrets; empty: nothing}
	 */
	static Optional<String> fault(String url) {
		if (url.startsWith(SqliteDialect.PREFIX)) {
			return SQLITE.matcher(url).matches() ? Optional.empty() : Optional.of("'" + ShownUrl.of(url)
					+ "' is not allowed; write jdbc:sqlite: and the path of the file, and nothing after it");
		}
		if (!MySqlDialect.takes(url)) {
			return Optional.of("'" + ShownUrl.of(url) + "' is of no supported database; supported are " + SUPPORTED);
		}
		if (ShownUrl.impossiblePort(url).isPresent()) {
			return Optional.of("'" + ShownUrl.of(url) + "' is not allowed; a port is a number from 1 to 65535");
		}
		Matcher server = SERVER.matcher(url);
		if (!server.matches()) {
			return Optional
				.of("'" + ShownUrl.of(url) + "' is not allowed; it must name one host and a database, such as"
						+ " jdbc:mariadb://db.example.com:3306/shop");
		}
		return parameters(url).keySet().stream().filter((name) -> !isAllowed(name)).findFirst().map(JdbcUrl::unknown);
	}

	private static String unknown(String name) {
		String shown = name.matches("\\w{1,60}") ? "'" + name + "'" : "with an invalid name";
		return "parameter " + shown + " is not allowed in it; "
				+ NearestWord.to(name, PARAMETERS.stream().sorted().toList())
					.map((near) -> "did you mean " + near + "?")
					.orElse("remove it; docs/sources.md lists the allowed ones");
	}

	private static boolean isAllowed(String name) {
		return PARAMETERS.stream().anyMatch(name::equalsIgnoreCase);
	}

	/**
	 * {@return whether it holds a user or a password, which have their own settings}
	 */
	static boolean holdsPassword(String url) {
		return MySqlDialect.takes(url) && CREDENTIAL.matcher(url).find();
	}

	/**
	 * {@return a server's host and port as written, or a file's path}
	 */
	static String address(String url) {
		Matcher server = SERVER.matcher(url);
		return server.matches() ? server.group(1) : url.substring(url.indexOf(':', "jdbc:".length()) + 1);
	}

	/**
	 * {@return the host of a connection without verified TLS; empty: TLS is verified, or
	 * there is no network}
	 */
	public static Optional<String> unverifiedHost(String url) {
		Matcher server = SERVER.matcher(url);
		if (!server.matches()) {
			return Optional.empty();
		}
		Map<String, String> parameters = parameters(url);
		String mode = parameters.getOrDefault("sslMode", "").toLowerCase(Locale.ROOT).replace('_', '-');
		boolean verified = VERIFIED.contains(mode)
				|| (url.startsWith("jdbc:oceanbase:") && parameters.getOrDefault("useSSL", "").equals("true"));
		String host = server.group(1).replaceFirst(":\\d+$", "");
		return verified ? Optional.empty() : Optional.of(host);
	}

	private static Map<String, String> parameters(String url) {
		Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		int start = url.indexOf('?');
		List<String> pairs = (start < 0) ? List.of() : Arrays.asList(url.substring(start + 1).split("&"));
		for (String pair : pairs) {
			String[] both = pair.split("=", 2);
			parameters.put(both[0], (both.length > 1) ? both[1] : "");
		}
		return parameters;
	}

}
