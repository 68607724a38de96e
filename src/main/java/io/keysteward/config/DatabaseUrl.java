package io.keysteward.config;

import java.util.Map;
import java.util.Optional;

import io.keysteward.source.postgresql.PostgresqlUrl;
import io.keysteward.text.Failure;
import io.keysteward.text.ShownUrl;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The URL of the governance database, and of whoever migrates it.
 */
public final class DatabaseUrl {

	private static final String PREFIX = "jdbc:postgresql://";

	private DatabaseUrl() {
	}

	/**
	 * {@return host, port and database, and nothing else of the URL}
	 */
	public static Optional<String> place(String url) {
		return Optional.of(ShownUrl.of(url))
			.filter((shown) -> shown.startsWith(PREFIX))
			.map((shown) -> shown.substring(PREFIX.length()));
	}

	/**
	 * Refuses a URL that the driver would not understand, or that it could never use.
	 * @param property where it was written
	 */
	static void requireOfPostgresql(String property, String url, Environment environment) {
		PostgresqlUrl.fault(url, driverProperties(environment)).ifPresent((fault) -> {
			throw Failure.configuration(property + ": " + fault);
		});
	}

	/**
	 * {@return what the driver is given besides the URL}
	 */
	static Map<String, String> driverProperties(Environment environment) {
		return Binder.get(environment)
			.bind("spring.datasource.hikari.data-source-properties", Bindable.mapOf(String.class, String.class))
			.orElseGet(Map::of);
	}

}
