package io.keysteward.config;

import java.util.Set;
import java.util.TreeSet;

import io.keysteward.text.Failure;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Refuses an unset placeholder such as <code>${CONSOLE_DB_PASSWORD}</code>, which Spring
 * Boot would pass on literally, as a password for instance.
 */
final class PlaceholderCheck {

	private static final Set<String> OURS = Set.of("keysteward", "spring");

	private PlaceholderCheck() {
	}

	/**
	 * Checks every property of Keysteward and Spring that is set. A value from a file of
	 * its own (configtree) is taken literally.
	 */
	static void requireResolved(Environment environment) {
		Set<ConfigurationPropertyName> names = new TreeSet<>();
		Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.get(environment);
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(PlaceholderCheck::ours).forEach(names::add);
			}
		}
		for (ConfigurationPropertyName name : names) {
			requireResolved(name, sources, environment);
		}
	}

	private static boolean ours(ConfigurationPropertyName name) {
		return !name.isEmpty() && OURS.contains(name.getElement(0, ConfigurationPropertyName.Form.DASHED));
	}

	private static void requireResolved(ConfigurationPropertyName name, Iterable<ConfigurationPropertySource> sources,
			Environment environment) {
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				if (property.getValue() instanceof String value) {
					requireResolved(name, value, environment);
				}
				return;
			}
		}
	}

	/** The message leaves the value out: the rest of it may be secret. */
	private static void requireResolved(ConfigurationPropertyName name, String value, Environment environment) {
		try {
			environment.resolveRequiredPlaceholders(value);
		}
		catch (PlaceholderResolutionException ex) {
			String missing = ex.getPlaceholder();
			throw Failure.configuration(name + ": ${" + missing + "} is not set; set the environment variable "
					+ missing + ", or put the value into a file " + missing
					+ " in a directory that spring.config.import names"
					+ " (optional:configtree:/run/secrets/keysteward/)");
		}
	}

}
