package io.keysteward.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.keysteward.text.Failure;

import org.springframework.core.env.Environment;

/**
 * The URL of the governance database: without it the driver is what fails, and says
 * nothing of use.
 */
final class GovernanceUrl {

	private static final String PROPERTY = "spring.datasource.url";

	private static final String OWNERS = "spring.flyway.url";

	private GovernanceUrl() {
	}

	/**
	 * Refuses one that is not set, and one that is not PostgreSQL's.
	 * @param started the working directory, where the configuration is looked for
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
	 * Refuses a URL of the tables' owner that is not PostgreSQL's: the driver would log
	 * it as it is.
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
