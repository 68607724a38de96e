package io.keysteward.config;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The tables' owner can log in, if it is another role.
 */
final class TablesOwnerCheck implements ReadinessCheck {

	private final ConfigurableEnvironment environment;

	TablesOwnerCheck(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public @Nullable String check(Trial trial) {
		return MigrationDataSource.of(this.environment).map(MigrationDataSource::verify).orElse(null);
	}

}
