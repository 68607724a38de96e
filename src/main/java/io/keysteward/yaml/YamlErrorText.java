package io.keysteward.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.keysteward.text.NearestWord;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Explains in one line what is wrong in a YAML text, and where.
 *
 * @param mapper reads the text again to find the place
 * @param file the text's name for messages
 * @param yaml the text
 */
record YamlErrorText(YAMLMapper mapper, String file, String yaml) {

	/** The parser's limits, which keep a file from exhausting the memory. */
	private static final String TOO_MUCH = "is nested too deeply, or has a key or a number that is too long; see whether"
			+ " it is the right file";

	private static final Pattern DUPLICATE = Pattern.compile("^Duplicate Object property \"(.*)\"");

	/**
	 * {@return the line}
	 * @param ex the reader's exception
	 * @param within the start of reading, as a JSON pointer
	 */
	String describe(JacksonException ex, String within) {
		return this.file + place(ex, within) + ": " + message(ex, within);
	}

	/**
	 * {@return a line for a place in the text}
	 */
	String at(int line, String message) {
		return this.file + ":" + line + ": " + message;
	}

	/**
	 * {@return whether the text is not valid YAML from here on}
	 */
	static boolean unreadable(JacksonException ex) {
		return ex instanceof StreamConstraintsException
				|| (ex instanceof StreamReadException && duplicate(ex).isEmpty());
	}

	private String place(JacksonException ex, String within) {
		if (ex instanceof UnrecognizedPropertyException) {
			return ":" + lineOfKey(within + pointer(ex));
		}
		if (ex.getLocation() == null || ex.getLocation().getLineNr() < 1) {
			return "";
		}
		return ":" + ex.getLocation().getLineNr() + (unreadable(ex) ? ":" + ex.getLocation().getColumnNr() : "");
	}

	/** The parser reports unknown keys only after their whole block. */
	private int lineOfKey(String pointer) {
		try (JsonParser parser = this.mapper.createParser(this.yaml)) {
			while (parser.nextToken() != null) {
				if (parser.currentToken() == JsonToken.PROPERTY_NAME
						&& parser.streamReadContext().pathAsPointer().toString().equals(pointer)) {
					return parser.currentTokenLocation().getLineNr();
				}
			}
		}
		catch (StreamReadException ex) {
			return 1;
		}
		return 1;
	}

	private static String pointer(JacksonException ex) {
		return ex.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : String.valueOf(step.getIndex()))
			.map((name) -> "/" + name.replace("~", "~0").replace("/", "~1"))
			.collect(Collectors.joining());
	}

	private static String message(JacksonException ex, String within) {
		if (ex instanceof UnrecognizedPropertyException unknown) {
			return unknownKey(unknown);
		}
		if (ex instanceof StreamConstraintsException) {
			return TOO_MUCH;
		}
		if (ex instanceof InvalidFormatException) {
			return path(ex) + " " + ex.getOriginalMessage();
		}
		if (ex instanceof MismatchedInputException mismatch) {
			return shape(mismatch, within);
		}
		return duplicate(ex).map((key) -> "duplicate key '" + key + "'; take one of them out")
			.orElseGet(() -> "is not readable as YAML: " + String.valueOf(ex.getOriginalMessage())
				.lines()
				.filter((line) -> !line.isBlank() && !line.startsWith(" "))
				.collect(Collectors.joining(", ")));
	}

	private static Optional<String> duplicate(JacksonException ex) {
		Matcher duplicate = DUPLICATE.matcher(String.valueOf(ex.getOriginalMessage()));
		return duplicate.find() ? Optional.of(duplicate.group(1)) : Optional.empty();
	}

	private static String unknownKey(UnrecognizedPropertyException ex) {
		List<String> names = names(ex);
		String under = (names.size() > 1) ? " under " + String.join(".", names.subList(0, names.size() - 1)) : "";
		List<String> known = ex.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
		return "unknown key '" + ex.getPropertyName() + "'" + under + "; "
				+ NearestWord.hint(ex.getPropertyName(), known);
	}

	private static String shape(MismatchedInputException ex, String within) {
		Class<?> type = Objects.requireNonNullElse(ex.getTargetType(), Object.class);
		if (names(ex).isEmpty() && within.isEmpty()) {
			return "must hold keys and values, and nothing after them: " + keys(type);
		}
		String path = names(ex).isEmpty() ? "an entry" : path(ex);
		if (type.isRecord()) {
			return path + " must hold keys of its own: " + keys(type);
		}
		if (Map.class.isAssignableFrom(type)) {
			return path + " must hold keys of its own, each with its value";
		}
		if (Iterable.class.isAssignableFrom(type)) {
			return path + " must be a list, such as [one, other]";
		}
		return path + " " + ex.getOriginalMessage();
	}

	private static String keys(Class<?> type) {
		return Arrays.stream(type.getRecordComponents())
			.map((component) -> component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
	}

	private static String path(JacksonException ex) {
		return String.join(".", names(ex));
	}

	private static List<String> names(JacksonException ex) {
		return ex.getPath().stream().map(JacksonException.Reference::getPropertyName).filter(Objects::nonNull).toList();
	}

}
