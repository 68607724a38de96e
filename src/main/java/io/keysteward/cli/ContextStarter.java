package io.keysteward.cli;

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
 * Starts what a command needs, after its arguments have been understood.
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
	 * {@return everything, the database schema brought up to date; a property that there
	 * is not is refused}
	 */
	ConfigurableApplicationContext start() {
		return known(start(Map.of(), (context) -> UnknownProperties.refuse(context.getEnvironment())));
	}

	/**
	 * {@return each part when it is asked for, the schema brought up to date: what is not
	 * needed may be broken, for whoever restores is in a hurry}
	 */
	ConfigurableApplicationContext startLazily() {
		return known(start(Map.of("spring.main.lazy-initialization", "true"), (context) -> {
		}));
	}

	/**
	 * {@return each part when it is asked for, to read what is in the tables; changes
	 * nothing in the database}
	 */
	ConfigurableApplicationContext read() {
		return known(startReadOnly());
	}

	/**
	 * {@return each part when it is asked for, in whatever state the tables are; changes
	 * nothing in the database}
	 */
	ConfigurableApplicationContext startReadOnly() {
		return start(Map.of("spring.main.lazy-initialization", "true", "spring.flyway.enabled", "false"), (context) -> {
		});
	}

	/**
	 * {@return what went wrong, in one line; where that is the governance database, with
	 * its place, which the driver does not always name}
	 */
	Failure failure(Throwable exception) {
		Failure failure = StartFailures.of(exception);
		if (!failure.line().startsWith("spring.datasource.url: ")) {
			return failure;
		}
		return governance().filter((place) -> !failure.line().contains(place))
			.map((place) -> failure.withMessage(failure.line() + " (" + place + ")"))
			.orElse(failure);
	}

	/**
	 * {@return how a command ended, as it is to be printed}
	 */
	String errorLine(String message, @Nullable Throwable trace) {
		StandardEnvironment known = this.environment;
		if (known == null) {
			known = environment(Map.of());
			ErrorLine.configure(known);
		}
		return ErrorLine.of(known, message, trace);
	}

	/** Nothing else of its URL, which may have a password. */
	private Optional<String> governance() {
		return Optional.ofNullable(this.environment)
			.map((known) -> known.getProperty("spring.datasource.url", ""))
			.flatMap(DatabaseUrl::place);
	}

	/** Whoever migrates looks for itself. */
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

	private ConfigurableApplicationContext start(Map<String, String> more,
			ApplicationContextInitializer<ConfigurableApplicationContext> first) {
		StandardEnvironment environment = environment(more);
		this.environment = environment;
		return new SpringApplicationBuilder(KeystewardConfiguration.class).environment(environment)
			.addCommandLineProperties(false)
			.listeners(new LogFormat())
			.initializers((context) -> SpringSettings.settle(context.getEnvironment()), first, this::setClock)
			.run();
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
