package io.keysteward.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import io.keysteward.text.Failure;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What Spring and the drivers understand of switches and numbers: of some they take
 * {@code true}, {@code false} and plain digits only, and anything else for the default,
 * without a word.
 */
public final class SpringSettings {

	private static final Pattern SWITCH = Pattern.compile("(?i)yes|on|no|off");

	private static final Pattern ODD_NUMBER = Pattern.compile("[-+]?(0[xXbB][0-9a-fA-F_]+|\\d[\\d_]*_[\\d_]*)");

	/** Handed on as text. */
	private static final Set<ConfigurationPropertyName> HANDED_ON = Set.of(
			ConfigurationPropertyName.of("spring.mail.properties"),
			ConfigurationPropertyName.of("spring.datasource.hikari.data-source-properties"));

	private SpringSettings() {
	}

	/**
	 * Writes each switch that is on or off, or yes or no, as true or false, and refuses
	 * numbers that drivers do not read.
	 */
	public static void settle(ConfigurableEnvironment environment) {
		Map<String, Object> switches = new HashMap<>();
		for (ConfigurationPropertyName name : names(environment)) {
			String value = value(environment, name);
			Optional<ConfigurationPropertyName> handedOn = HANDED_ON.stream()
				.filter((parent) -> parent.isAncestorOf(name))
				.findFirst();
			if (handedOn.isPresent() && ODD_NUMBER.matcher(value).matches()) {
				throw Failure.configuration(name + PropertyOrigin.where(environment, name.toString()) + ": '" + value
						+ "' is not allowed; write the number in plain digits, such as 30000");
			}
			if (SWITCH.matcher(value).matches()
					&& (handedOn.isPresent() || KnownProperties.switches().contains(name.toString()))) {
				switches.put(handedOn.map((parent) -> entry(parent, name)).orElse(name.toString()),
						String.valueOf(!value.toLowerCase(Locale.ROOT).matches("no|off")));
			}
		}
		if (!switches.isEmpty()) {
			environment.getPropertySources().addFirst(new MapPropertySource("switches", switches));
		}
	}

	/** Whoever gets it distinguishes upper and lower case. */
	private static String entry(ConfigurationPropertyName parent, ConfigurationPropertyName name) {
		return IntStream.range(parent.getNumberOfElements(), name.getNumberOfElements())
			.mapToObj((element) -> name.getElement(element, ConfigurationPropertyName.Form.ORIGINAL))
			.collect(Collectors.joining(".", parent + "[", "]"));
	}

	private static Set<ConfigurationPropertyName> names(ConfigurableEnvironment environment) {
		Set<ConfigurationPropertyName> names = new TreeSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter((name) -> !name.isEmpty()).forEach(names::add);
			}
		}
		return names;
	}

	/** As it is written: a placeholder may stand for a secret. */
	private static String value(ConfigurableEnvironment environment, ConfigurationPropertyName name) {
		return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.map((source) -> source.getConfigurationProperty(name))
			.filter(Objects::nonNull)
			.findFirst()
			.map((property) -> String.valueOf(property.getValue()))
			.orElse("");
	}

}
