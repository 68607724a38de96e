package io.keysteward.source.sql;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.keysteward.key.Failure;
import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.boot.convert.DurationStyle;

/**
 * Reads {@code source.yaml} strictly: whatever is not understood is one line that names
 * the place.
 */
final class YamlReader {

	private static final YAMLMapper MAPPER = YAMLMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.addModule(values())
		.build();

	private static final java.util.regex.Pattern DUPLICATE = java.util.regex.Pattern
		.compile("^Duplicate Object property \"(.*)\"");

	private YamlReader() {
	}

	/**
	 * {@return the file's content}
	 * @param file how messages name the file
	 * @param yaml its text
	 */
	static SourceYaml read(String file, String yaml) {
		if (yaml.lines().allMatch((line) -> line.isBlank() || line.stripLeading().startsWith("#"))) {
			throw Failure.configuration(file + ": is empty; title, probe and usage.recorded are required");
		}
		try {
			return MAPPER.readValue(yaml, SourceYaml.class);
		}
		catch (JacksonException ex) {
			throw Failure.configuration(file + place(ex, yaml) + ": " + said(ex));
		}
	}

	private static SimpleModule values() {
		return new SimpleModule().addDeserializer(String.class, new FromText<>(String.class, "text", YamlReader::text))
			.addDeserializer(Boolean.class, new FromText<>(Boolean.class, "true or false", YamlReader::yesOrNo))
			.addDeserializer(Duration.class,
					new FromText<>(Duration.class, "a duration of zero or more, such as PT5M or 24h",
							YamlReader::duration))
			.addDeserializer(KnownSince.class, new FromText<>(KnownSince.class, KnownSince.ALLOWED, KnownSince::parse))
			.addDeserializer(Pattern.class,
					new FromText<>(Pattern.class, "a regular expression of RE2 syntax", YamlReader::pattern))
			.addDeserializer(Definition.Recorded.class,
					word(Definition.Recorded.class, List.of(Definition.Recorded.values())))
			.addDeserializer(ProjectState.class,
					word(ProjectState.class, List.of(ProjectState.MISSING, ProjectState.DELETED)))
			.addDeserializer(OwnerState.class,
					word(OwnerState.class, List.of(OwnerState.MISSING, OwnerState.DISABLED)));
	}

	private static String text(String text) {
		if (text.isBlank()) {
			throw new IllegalArgumentException("Blank");
		}
		return text;
	}

	private static Boolean yesOrNo(String text) {
		return switch (text) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new IllegalArgumentException(text);
		};
	}

	private static Duration duration(String text) {
		if (text.equals("0")) {
			return Duration.ZERO;
		}
		if (text.matches("\\d+")) {
			throw new IllegalArgumentException("A number without a unit");
		}
		Duration duration = DurationStyle.detectAndParse(text);
		if (duration.isNegative()) {
			throw new IllegalArgumentException("Negative");
		}
		return duration;
	}

	private static Pattern pattern(String text) {
		try {
			return Pattern.compile(text(text), Pattern.CASE_INSENSITIVE);
		}
		catch (PatternSyntaxException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static <E extends Enum<E>> FromText<E> word(Class<E> type, List<E> allowed) {
		String words = allowed.stream().map(YamlReader::word).collect(Collectors.joining(", "));
		return new FromText<>(type, "one of " + words,
				(text) -> allowed.stream()
					.filter((value) -> word(value).equals(text.strip().toLowerCase(Locale.ROOT)))
					.findFirst()
					.orElseThrow(IllegalArgumentException::new));
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private static String place(JacksonException ex, String yaml) {
		if (ex instanceof UnrecognizedPropertyException) {
			return ":" + lineOfKey(yaml, "/" + String.join("/", names(ex)));
		}
		if (ex.getLocation() == null || ex.getLocation().getLineNr() < 1) {
			return "";
		}
		boolean unreadable = ex instanceof StreamReadException && duplicate(ex).isEmpty();
		return ":" + ex.getLocation().getLineNr() + (unreadable ? ":" + ex.getLocation().getColumnNr() : "");
	}

	/** Unknown keys are told of only after their whole block has been read. */
	private static int lineOfKey(String yaml, String pointer) {
		try (JsonParser parser = MAPPER.createParser(yaml)) {
			while (parser.nextToken() != null) {
				if (parser.currentToken() == JsonToken.PROPERTY_NAME
						&& parser.streamReadContext().pathAsPointer().toString().equals(pointer)) {
					return parser.currentTokenLocation().getLineNr();
				}
			}
		}
		return 1;
	}

	private static String said(JacksonException ex) {
		if (ex instanceof UnrecognizedPropertyException unknown) {
			return unknownKey(unknown);
		}
		if (ex instanceof InvalidFormatException) {
			return path(ex) + " " + ex.getOriginalMessage();
		}
		if (ex instanceof MismatchedInputException mismatch) {
			return shape(mismatch);
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
		return "unknown key '" + ex.getPropertyName() + "'" + under + "; " + Nearest.hint(ex.getPropertyName(), known);
	}

	private static String shape(MismatchedInputException ex) {
		if (names(ex).isEmpty()) {
			return "must hold keys and values, such as 'title: API key records', and nothing after them";
		}
		Class<?> type = Objects.requireNonNullElse(ex.getTargetType(), Object.class);
		if (type.isRecord()) {
			return path(ex) + " must hold keys of its own: "
					+ Arrays.stream(type.getRecordComponents())
						.map((component) -> component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
						.collect(Collectors.joining(", "));
		}
		if (Iterable.class.isAssignableFrom(type)) {
			return path(ex) + " must be a list, such as [one, other]";
		}
		return path(ex) + " " + ex.getOriginalMessage();
	}

	private static String path(JacksonException ex) {
		return String.join(".", names(ex));
	}

	private static List<String> names(JacksonException ex) {
		return ex.getPath().stream().map(JacksonException.Reference::getPropertyName).filter(Objects::nonNull).toList();
	}

}
