package io.keysteward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.cli.CommandNames;
import io.keysteward.key.KeyColumn;
import io.keysteward.run.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the recipes of CONTRIBUTING ask for and no compiler does: that names exist, and
 * that pages and lists name what there is.
 */
class ContributingTests {

	private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:\\.([a-zA-Z]+))?`");

	/** Names of what a reader is to make, or of other people's. */
	private static final List<String> NOT_OURS = List.of("SharedRule", "SharedRuleTests", "Unreleased");

	private static final Map<String, Path> SOURCES = sources();

	@ParameterizedTest
	@MethodSource("names")
	void everyClassThatContributingNamesIsThere(MatchResult name) throws IOException {
		assertThat(SOURCES.containsKey(name.group(1))).as(name.group()).isTrue();
		if (name.group(2) != null) {
			assertThat(Pattern.compile("\\b" + name.group(2) + "\\b")
				.matcher(Files.readString(SOURCES.get(name.group(1))))
				.find()).as(name.group()).isTrue();
		}
	}

	@Test
	void thePageOnDisablingHasEachGateInItsOrder() throws IOException {
		assertThat(rows("docs/disabling.md", "`([A-Z_]+)`")).containsSubsequence(
				Stream.of(Gate.values()).filter((gate) -> gate != Gate.WARNINGS).map(Gate::name).toList());
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "WINDOW", "WARNINGS" })
	void everyGateHasATestOfItsOwn(Gate gate) {
		String name = Stream.of(gate.name().split("_"))
			.map((word) -> word.charAt(0) + word.substring(1).toLowerCase())
			.collect(Collectors.joining());
		assertThat(SOURCES.containsKey(name + "GateTests")).as(name + "GateTests").isTrue();
	}

	@Test
	void theReadmeHasEachCommand() throws IOException {
		assertThat(rows("README.md", "`([a-z]+)[ `]")).containsSubsequence(CommandNames.all());
	}

	@ParameterizedTest
	@EnumSource
	void thePageOnSourcesHasEachColumn(KeyColumn column) throws IOException {
		assertThat(Files.readString(Path.of("docs/sources.md")))
			.containsPattern("(?m)^\\| `[^|]*\\b" + column.columnName() + "\\b[^|]*\\|");
	}

	/** What the rows of a page's tables begin with. */
	private static List<String> rows(String page, String first) throws IOException {
		return Pattern.compile("(?m)^\\| " + first)
			.matcher(Files.readString(Path.of(page)))
			.results()
			.map((row) -> row.group(1))
			.toList();
	}

	static Stream<MatchResult> names() throws IOException {
		return CLASS.matcher(Files.readString(Path.of("CONTRIBUTING.md")))
			.results()
			.filter((name) -> !NOT_OURS.contains(name.group(1)));
	}

	private static Map<String, Path> sources() {
		try (Stream<Path> files = Files.walk(Path.of("src"))) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.collect(Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""),
						Function.identity(), (one, other) -> one));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
