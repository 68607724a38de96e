package io.keysteward.config;

import java.util.Objects;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Names the place where a property is set, so that it can be corrected there.
 */
public final class PropertyOrigin {

	private PropertyOrigin() {
	}

	/**
	 * {@return the file and line, the environment variable or "system property", in
	 * parentheses after a space; empty if unknown}
	 */
	public static String where(ConfigurationProperty property) {
		String place = where(property.getOrigin());
		return !place.isEmpty() ? place : isSystemProperty(property) ? " (system property)" : "";
	}

	/**
	 * {@return the same for the property of this name that is in force}
	 */
	public static String where(Environment environment, String name) {
		ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
		return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.map((source) -> source.getConfigurationProperty(wanted))
			.filter(Objects::nonNull)
			.findFirst()
			.map(PropertyOrigin::where)
			.orElse("");
	}

	/**
	 * {@return the same for an origin}
	 */
	public static String where(@Nullable Origin origin) {
		if (origin instanceof PropertySourceOrigin wrapped) {
			return where(wrapped.getOrigin());
		}
		if (origin instanceof SystemEnvironmentOrigin variable) {
			return " (environment variable " + variable.getProperty() + ")";
		}
		if (origin instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
			return " (" + text.getResource().getFilename() + " line " + (text.getLocation().getLine() + 1) + ")";
		}
		return "";
	}

	private static boolean isSystemProperty(ConfigurationProperty property) {
		ConfigurationPropertySource source = property.getSource();
		return source != null && source.getUnderlyingSource() instanceof PropertySource<?> written
				&& written.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
	}

}
