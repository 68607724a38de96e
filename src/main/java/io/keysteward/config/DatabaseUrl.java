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
 * The URLs of the governance database: the job's, and the one for migrations.
 */
public final class DatabaseUrl {

	private static final String PREFIX = "jdbc:postgresql://";

	private DatabaseUrl() {
	}

	/**
	 * {@return host, port and database of the URL, nothing else}
	 */
	public static Optional<String> place(String url) {
		return Optional.of(ShownUrl.of(url))
			.filter((shown) -> shown.startsWith(PREFIX))
			.map((shown) -> shown.substring(PREFIX.length()));
	}

	/**
	 * Refuses a URL that the driver does not understand or could never use.
	 * @param property the property that has it
	 */
	static void requireOfPostgresql(String property, String url, Environment environment) {
		PostgresqlUrl.fault(url, driverProperties(environment)).ifPresent((fault) -> {
			throw Failure.configuration(property + ": " + fault);
		});
	}

	/**
	 * {@return the driver's properties besides the URL}
	 */
	static Map<String, String> driverProperties(Environment environment) {
		return Binder.get(environment)
			.bind("spring.datasource.hikari.data-source-properties", Bindable.mapOf(String.class, String.class))
			.orElseGet(Map::of);
	}

}
