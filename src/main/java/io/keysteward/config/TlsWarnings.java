package io.keysteward.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import io.keysteward.source.SourceSettings;
import io.keysteward.source.jdbc.JdbcUrl;
import io.keysteward.source.postgresql.PostgresqlUrl;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Names the remote servers that are used without verified TLS: somebody in between could
 * read passwords, records and mails.
 */
final class TlsWarnings {

	private static final String VERIFY = "; add sslmode=verify-full to the URL, and sslrootcert where the CA is a"
			+ " private one (docs/sources.md)";

	private final Environment environment;

	TlsWarnings(Environment environment) {
		this.environment = environment;
	}

	/**
	 * {@return one line for the governance database, the one where rows are landed, each
	 * source and the mail server that is not spoken to over verified TLS}
	 */
	List<String> warnings(List<SourceSettings> sources, SourceSettings.@Nullable Datasource landing) {
		List<String> lines = new ArrayList<>();
		database("spring.datasource.url", this.environment.getProperty("spring.datasource.url"),
				DatabaseUrl.driverProperties(this.environment))
			.ifPresent(lines::add);
		if (landing != null) {
			database("keysteward.landing.datasource.url", landing.url(), Map.of()).ifPresent(lines::add);
		}
		for (SourceSettings source : sources) {
			if (source.datasource() != null) {
				String property = "keysteward.sources[" + source.id() + "].datasource.url";
				database(property, source.datasource().url(), Map.of()).ifPresent(lines::add);
				foreign(property, String.valueOf(source.datasource().url())).ifPresent(lines::add);
			}
		}
		mail().ifPresent(lines::add);
		return lines;
	}

	private static Optional<String> database(String property, @Nullable String url, Map<String, String> more) {
		Properties parsed = (url != null) ? PostgresqlUrl.parsed(url, more).orElse(null) : null;
		if (parsed == null) {
			return Optional.empty();
		}
		String hosts = String.valueOf(PGProperty.PG_HOST.getOrDefault(parsed));
		if (Arrays.stream(hosts.split(",")).allMatch(TlsWarnings::local) || verified(parsed)) {
			return Optional.empty();
		}
		return Optional.of(property + ": " + hosts + " is not spoken to over verified TLS" + VERIFY);
	}

	private static Optional<String> foreign(String property, String url) {
		return JdbcUrl.unverifiedHost(url)
			.filter((host) -> !local(host))
			.map((host) -> property + ": " + host + " is not spoken to over verified TLS; add sslMode=verify-full"
					+ " (MySQL's driver: sslMode=VERIFY_IDENTITY) to the URL, and the CA where it is a private one"
					+ " (docs/sources.md)");
	}

	private static boolean verified(Properties parsed) {
		try {
			return SslMode.of(parsed) == SslMode.VERIFY_FULL;
		}
		catch (PSQLException ex) {
			return false;
		}
	}

	private Optional<String> mail() {
		String host = this.environment.getProperty("spring.mail.host", "");
		if (host.isBlank() || local(host)
				|| this.environment.getProperty("spring.mail.ssl.enabled", boolean.class, false)
				|| this.environment.containsProperty("spring.mail.ssl.bundle")) {
			return Optional.empty();
		}
		Map<String, String> mail = Binder.get(this.environment)
			.bind("spring.mail.properties", Bindable.mapOf(String.class, String.class))
			.orElseGet(Map::of);
		boolean required = Boolean.parseBoolean(mail.get("mail.smtp.starttls.required"));
		return required ? Optional.empty()
				: Optional.of("spring.mail.properties[mail.smtp.starttls.required]: is not true, so the mail server "
						+ host + " may be spoken to in the clear; set it to true");
	}

	/** A name of this machine that needs no DNS. */
	private static boolean local(String host) {
		return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]")
				|| host.startsWith("/");
	}

}
