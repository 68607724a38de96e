package io.keysteward.cli;

import java.util.HashMap;
import java.util.Map;

import io.keysteward.job.KeystewardConfiguration;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts what a command needs, after its arguments have been understood.
 */
final class Application {

	private final Map<String, String> properties;

	Application(Map<String, String> properties) {
		this.properties = properties;
	}

	/**
	 * {@return everything, the database schema brought up to date}
	 */
	ConfigurableApplicationContext start() {
		return start(Map.of());
	}

	/**
	 * {@return each part when it is asked for; changes nothing in the database}
	 */
	ConfigurableApplicationContext look() {
		return start(Map.of("spring.main.lazy-initialization", "true", "spring.flyway.enabled", "false"));
	}

	private ConfigurableApplicationContext start(Map<String, String> more) {
		Map<String, Object> all = new HashMap<>(this.properties);
		all.putAll(more);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("command line", all));
		return new SpringApplicationBuilder(KeystewardConfiguration.class).environment(environment)
			.addCommandLineProperties(false)
			.run();
	}

}
