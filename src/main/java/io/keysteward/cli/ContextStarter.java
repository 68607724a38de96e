package io.keysteward.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.keysteward.config.DatabaseUrl;
import io.keysteward.config.KeystewardConfiguration;
import io.keysteward.config.KnownTables;
import io.keysteward.config.SpringSettings;
import io.keysteward.config.UnknownProperties;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts the application context that a command needs, after its arguments are parsed.
 */
final class ContextStarter {

	private final Map<String, String> properties;

	private final @Nullable Clock clock;

	private @Nullable StandardEnvironment environment;

	ContextStarter(Map<String, String> properties, @Nullable Clock clock) {
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * {@return the whole context; migrates the schema, and refuses unknown properties}
	 */
	ConfigurableApplicationContext start() {
		return known(startAtOurTime(Map.of(), (context) -> UnknownProperties.refuse(context.getEnvironment())));
	}

	/**
	 * {@return a context that makes each bean on demand; migrates the schema. A restore
	 * must work although a part that it does not need is broken}
	 */
	ConfigurableApplicationContext startLazily() {
		return known(startAtOurTime(Map.of("spring.main.lazy-initialization", "true"), (context) -> {
		}));
	}

	/**
	 * {@return a context that makes each bean on demand and requires known tables;
	 * changes nothing in the database}
	 */
	ConfigurableApplicationContext read() {
		return known(startReadOnly());
	}

	/**
	 * {@return a context that makes each bean on demand, whatever state the tables are
	 * in; changes nothing in the database}
	 */
	ConfigurableApplicationContext startReadOnly() {
		return startAtOurTime(Map.of("spring.main.lazy-initialization", "true", "spring.flyway.enabled", "false"),
				(context) -> {
				});
	}

	/**
	 * {@return a context with settings and beans of its own, which brings its clock}
	 */
	ConfigurableApplicationContext start(Map<String, String> more,
			ApplicationContextInitializer<ConfigurableApplicationContext> beans) {
		StandardEnvironment environment = environment(more);
		this.environment = environment;
		return new SpringApplicationBuilder(KeystewardConfiguration.class).environment(environment)
			.addCommandLineProperties(false)
			.listeners(new LogFormat())
			.initializers((context) -> SpringSettings.settle(context.getEnvironment()), beans)
			.run();
	}

	/**
	 * {@return the failure in one line; a failure of the governance database names its
	 * host, which the driver does not always do}
	 */
	Failure failure(Throwable exception) {
		Failure failure = StartFailures.translate(exception);
		if (!failure.line().startsWith("spring.datasource.url: ")) {
			return failure;
		}
		return governance().filter((place) -> !failure.line().contains(place))
			.map((place) -> failure.withMessage(failure.line() + " (" + place + ")"))
			.orElse(failure);
	}

	/**
	 * {@return the line to print on stderr at a command's end}
	 */
	String errorLine(String message, @Nullable Throwable trace) {
		StandardEnvironment known = this.environment;
		if (known == null) {
			known = environment(Map.of());
			ErrorLine.configure(known);
		}
		return ErrorLine.format(known, message, trace);
	}

	/**
	 * {@return where definitions are, as far as the configuration says it: whatever else
	 * is wrong with it does not matter}
	 */
	Path configDirectory() {
		StandardEnvironment known = environment(Map.of());
		ErrorLine.configure(known);
		return Path.of(known.getProperty("keysteward.config-directory", "config"));
	}

	/** Nothing else of its URL, which may have a password. */
	private Optional<String> governance() {
		return Optional.ofNullable(this.environment)
			.map((known) -> known.getProperty("spring.datasource.url", ""))
			.flatMap(DatabaseUrl::place);
	}

	/** A context that migrates checks the tables by itself. */
	private static ConfigurableApplicationContext known(ConfigurableApplicationContext context) {
		try {
			if (!context.getEnvironment().getProperty("spring.flyway.enabled", boolean.class, true)) {
				KnownTables.require(context);
			}
			return context;
		}
		catch (RuntimeException ex) {
			context.close();
			throw ex;
		}
	}

	private ConfigurableApplicationContext startAtOurTime(Map<String, String> more,
			ApplicationContextInitializer<ConfigurableApplicationContext> first) {
		return start(more, (context) -> {
			first.initialize(context);
			setClock(context);
		});
	}

	private StandardEnvironment environment(Map<String, String> more) {
		Map<String, Object> all = new HashMap<>(this.properties);
		all.putAll(more);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("command line", all));
		return environment;
	}

	private void setClock(ConfigurableApplicationContext context) {
		if (this.clock != null) {
			context.getBeanFactory().registerSingleton("givenClock", this.clock);
		}
	}

}
