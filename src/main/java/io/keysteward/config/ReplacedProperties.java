package io.keysteward.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Properties of the past, and what is to be done with them.
 */
final class ReplacedProperties {

	private static final Map<String, String> SENTENCES = Map.of("keysteward.inventory.keep-runs",
			"is replaced by keysteward.inventory.keep, a time such as 400d: what a run changes takes little room;"
					+ " write that, or remove this one");

	private ReplacedProperties() {
	}

	/**
	 * {@return what is to be done with a property that was replaced}
	 */
	static Optional<String> sentence(String property) {
		return Optional.ofNullable(SENTENCES.get(property));
	}

	/**
	 * {@return the same for an environment variable}
	 */
	static Optional<String> sentenceForVariable(String variable) {
		return SENTENCES.keySet()
			.stream()
			.filter((property) -> isVariable(variable, property))
			.findFirst()
			.flatMap(ReplacedProperties::sentence);
	}

	/** With or without an underscore for a hyphen. */
	private static boolean isVariable(String variable, String property) {
		String name = property.replace('.', '_').toUpperCase(Locale.ROOT);
		return variable.equals(name.replace("-", "")) || variable.equals(name.replace('-', '_'));
	}

}
