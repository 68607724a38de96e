package io.keysteward.config;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Every property is known and valid.
 */
final class ConfigurationCheck implements ReadinessCheck {

	private final ConfigurableEnvironment environment;

	private final ObjectProvider<KeystewardProperties> properties;

	ConfigurationCheck(ConfigurableEnvironment environment, ObjectProvider<KeystewardProperties> properties) {
		this.environment = environment;
		this.properties = properties;
	}

	@Override
	public String check(Trial trial) {
		UnknownProperties.refuse(this.environment);
		this.properties.getObject();
		return "every property is known";
	}

}
