package io.keysteward.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses unknown properties wherever they are set, since a misspelt one has no effect.
 * For environment variables see {@link UnknownVariables}.
 */
public final class UnknownProperties {

	private static final String ROOT = "keysteward";

	/** A name with more changes than this is not meant for us. */
	static final int MOST_CHANGES = 2;

	private UnknownProperties() {
	}

	/**
	 * Refuses every unknown property in the environment.
	 */
	public static void refuse(Environment environment) {
		KnownProperties known = KnownProperties.read();
		List<String> faults = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
				faults.addAll(UnknownVariables.find(variables, environment, known));
			}
			else if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> isUnknown(name, known))
					.map(source::getConfigurationProperty)
					.map((property) -> fault(property, known))
					.forEach(faults::add);
			}
		}
		if (!faults.isEmpty()) {
			throw Failure.configuration(String.join(" ", faults));
		}
	}

	/**
	 * {@return a failure that names each of these properties as unknown}
	 */
	public static Failure failure(Collection<ConfigurationProperty> unknown, Throwable cause) {
		KnownProperties known = KnownProperties.read();
		return Failure.configuration(
				String.join(" ", unknown.stream().map((property) -> fault(property, known)).toList()), cause);
	}

	private static boolean isUnknown(ConfigurationPropertyName name, KnownProperties known) {
		String text = name.toString();
		return isMisspeltRoot(name)
				|| KnownProperties.PREFIXES.stream().anyMatch((prefix) -> KnownProperties.isBelow(text, prefix))
						&& !known.contains(text);
	}

	private static boolean isMisspeltRoot(ConfigurationPropertyName name) {
		String root = name.isEmpty() ? "" : name.getElement(0, Form.UNIFORM);
		return !root.equals(ROOT) && NearestWord.distance(root, ROOT) <= MOST_CHANGES;
	}

	/** A path or a duration without a value is not bound either. */
	private static String fault(ConfigurationProperty property, KnownProperties known) {
		if (known.contains(property.getName().toString())) {
			return property.getName() + PropertyOrigin.where(property) + ": is empty; write a value, or remove it";
		}
		String name = property.getName().toString();
		return name + PropertyOrigin.where(property) + ": " + ReplacedProperties.sentence(name)
			.orElseGet(() -> "unknown property; did you mean " + known.nearest(name) + "?");
	}

}
