package io.keysteward.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.NearestWord;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds environment variables that look like a misspelt property. Others with our
 * prefixes are ignored, since the environment is shared.
 */
final class UnknownVariables {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)");

	private UnknownVariables() {
	}

	/**
	 * {@return a sentence for each of them}
	 */
	static List<String> find(SystemEnvironmentPropertySource variables, Environment environment,
			KnownProperties known) {
		Set<String> allowed = new TreeSet<>();
		known.all().forEach((name) -> {
			String variable = name.replace("[]", "_0").replace('.', '_').toUpperCase(Locale.ROOT);
			allowed.add(variable.replace("-", ""));
			allowed.add(variable.replace('-', '_'));
		});
		Set<String> placeholders = placeholders(environment);
		List<String> faults = new ArrayList<>();
		for (String variable : variables.getPropertyNames()) {
			if (isOurs(variable) && !placeholders.contains(variable)) {
				fault(variable, allowed)
					.ifPresent((fault) -> faults.add(variable + " (environment variable): " + fault));
			}
		}
		return faults;
	}

	private static Optional<String> fault(String variable, Set<String> allowed) {
		return ReplacedProperties.sentenceForVariable(variable)
			.or(() -> misspelt(variable, allowed).map((meant) -> "unknown property; did you mean " + meant + "?"));
	}

	private static boolean isOurs(String variable) {
		return KnownProperties.PREFIXES.stream()
			.anyMatch((prefix) -> variable.startsWith(prefix.replace('.', '_').toUpperCase(Locale.ROOT) + "_"));
	}

	/** The name of an entry of a list or map starts with the name of the list or map. */
	private static Optional<String> misspelt(String variable, Set<String> allowed) {
		String name = variable.replaceAll("_\\d+(?=_|$)", "_0");
		if (allowed.stream().anyMatch((known) -> name.equals(known) || name.startsWith(known + "_"))) {
			return Optional.empty();
		}
		return allowed.stream()
			.filter((known) -> NearestWord.distance(name, known) <= UnknownProperties.MOST_CHANGES)
			.min(Comparator.comparingInt((known) -> NearestWord.distance(name, known)));
	}

	/** The variables that the configuration refers to. */
	private static Set<String> placeholders(Environment environment) {
		Set<String> names = new HashSet<>();
		if (environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				if (source instanceof EnumerablePropertySource<?> listed) {
					for (String property : listed.getPropertyNames()) {
						Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(listed.getProperty(property)));
						while (placeholder.find()) {
							names.add(placeholder.group(1));
						}
					}
				}
			}
		}
		return names;
	}

}
