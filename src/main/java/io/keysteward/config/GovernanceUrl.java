package io.keysteward.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.keysteward.text.Failure;

import org.springframework.core.env.Environment;

/**
 * Checks the URL of the governance database: without it the driver fails with a message
 * that helps nobody.
 */
final class GovernanceUrl {

	private static final String PROPERTY = "spring.datasource.url";

	private static final String OWNERS = "spring.flyway.url";

	private GovernanceUrl() {
	}

	/**
	 * Refuses a URL that is not set or not PostgreSQL's.
	 * @param started the working directory, where the configuration is expected
	 */
	static void require(Environment environment, Path started) {
		String url = environment.getProperty(PROPERTY, "");
		if (url.isBlank()) {
			throw Failure.configuration(PROPERTY + ": is not set; "
					+ (isLookedForElsewhere(environment) || Files.exists(started.resolve("config/application.yaml"))
							? "name the governance database, such as jdbc:postgresql://db.example.com/keysteward, in"
									+ " config/application.yaml"
							: "there is no config/application.yaml in " + started
									+ ": start Keysteward in the directory"
									+ " that has it, or name another folder than config with the environment variables"
									+ " SPRING_CONFIG_ADDITIONAL_LOCATION=/etc/keysteward/ and"
									+ " KEYSTEWARD_CONFIGDIRECTORY=/etc/keysteward"));
		}
		DatabaseUrl.requireOfPostgresql(PROPERTY, url, environment);
	}

	/**
	 * Refuses a URL of the tables' owner that is not PostgreSQL's, which the driver would
	 * log in full.
	 */
	static void requireOwners(Environment environment) {
		String url = environment.getProperty(OWNERS, "");
		if (!url.isBlank()) {
			DatabaseUrl.requireOfPostgresql(OWNERS, url, environment);
		}
	}

	private static boolean isLookedForElsewhere(Environment environment) {
		return Stream.of("spring.config.location", "spring.config.additional-location")
			.anyMatch(environment::containsProperty);
	}

}
