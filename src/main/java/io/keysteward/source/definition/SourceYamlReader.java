package io.keysteward.source.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import io.keysteward.text.Failure;
import io.keysteward.yaml.ScalarType;
import io.keysteward.yaml.StrictYaml;

import org.springframework.boot.convert.DurationStyle;

/**
 * Reads {@code source.yaml}.
 */
final class SourceYamlReader {

	private static final int MOST_ROWS = 1000;

	private static final StrictYaml YAML = new StrictYaml(List.of(
			new ScalarType<>(Duration.class, "a duration of zero or more, such as PT5M or 24h",
					SourceYamlReader::duration),
			new ScalarType<>(Integer.class, "a whole number from 0 to 1000", SourceYamlReader::rows),
			new ScalarType<>(KnownSince.class, KnownSince.ALLOWED, KnownSince::parse),
			new ScalarType<>(Instant.class,
					"a date (1995-01-01, from midnight UTC) or an instant (1995-01-01T08:00:00Z)", KnownSince::instant),
			new ScalarType<>(Pattern.class, "a regular expression of RE2 syntax", SourceYamlReader::pattern),
			ScalarType.word(Definition.Recorded.class, List.of(Definition.Recorded.values())),
			ScalarType.word(ProjectState.class, List.of(ProjectState.MISSING, ProjectState.DELETED)),
			ScalarType.word(OwnerState.class, List.of(OwnerState.MISSING, OwnerState.DISABLED))));

	private SourceYamlReader() {
	}

	/**
	 * {@return the file's content}
	 * @param file the file's name for messages
	 * @param yaml its text
	 */
	static SourceYaml read(String file, String yaml) {
		if (StrictYaml.isEmpty(yaml)) {
			throw Failure.configuration(file + ": is empty; title, probe and usage.recorded are required");
		}
		return YAML.read(file, yaml, SourceYaml.class);
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

	private static Integer rows(String text) {
		if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > MOST_ROWS) {
			throw new IllegalArgumentException("Not so many");
		}
		return Integer.valueOf(text);
	}

	private static Pattern pattern(String text) {
		if (text.isBlank()) {
			throw new IllegalArgumentException("Blank");
		}
		try {
			return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
		}
		catch (PatternSyntaxException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
