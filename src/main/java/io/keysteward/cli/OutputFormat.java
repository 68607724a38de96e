package io.keysteward.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

/**
 * How a command prints its answer.
 */
enum OutputFormat {

	/** For people. */
	TEXT,

	/** One document. */
	JSON,

	/** A line for each row. */
	CSV;

	static final String OPTION = "--format";

	/**
	 * {@return the format of this name}
	 * @param value as written
	 * @param allowed those that the command knows
	 * @throws Failure where it is not among them
	 */
	static OutputFormat parse(String value, OutputFormat... allowed) {
		return Arrays.stream(allowed)
			.filter((format) -> format.word().equals(value.strip().toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(
					() -> Failure.configuration(OPTION + ": '" + SafeText.visible(value) + "' is not allowed; allowed: "
							+ List.of(allowed).stream().map(OutputFormat::word).collect(Collectors.joining(", "))));
	}

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
