package io.keysteward.source.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.keysteward.http.HttpConnection;
import io.keysteward.source.definition.Definition;
import io.keysteward.source.landing.LandedDefinition;
import io.keysteward.source.landing.LandedDefinitionReader;
import io.keysteward.source.landing.LandedReading;
import io.keysteward.source.landing.LandedRows;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Reads a definition's lists into rows, without a database.
 */
final class TestLists {

	static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

	static final Authentication NOBODY = new HeadersOnly(Map.of("X-Key", "s3cret"));

	/** The pauses. */
	final List<Duration> pauses = new ArrayList<>();

	private final String url;

	private Duration timeout = Duration.ofSeconds(20);

	private Authentication authentication = NOBODY;

	private Map<String, List<String>> parameters = Map.of();

	TestLists(String url) {
		this.url = url;
	}

	TestLists timeout(Duration longest) {
		this.timeout = longest;
		return this;
	}

	TestLists authentication(Authentication way) {
		this.authentication = way;
		return this;
	}

	TestLists parameters(Map<String, List<String>> values) {
		this.parameters = values;
		return this;
	}

	/**
	 * {@return the rows of all tables, one after the other}
	 * @param rows the content of {@code rows:}, and any lines after it
	 */
	List<List<@Nullable String>> rows(String rows) {
		LandedDefinition definition = definition(rows);
		List<List<@Nullable String>> all = new ArrayList<>();
		Map<String, List<Map<String, @Nullable String>>> landed = new HashMap<>();
		try (LandedReading reading = system(definition).open()) {
			for (Table table : definition.tables()) {
				List<Map<String, @Nullable String>> named = new ArrayList<>();
				read(reading, table, landed).forEach((row) -> {
					all.add(row);
					Map<String, @Nullable String> values = new LinkedHashMap<>();
					IntStream.range(0, row.size())
						.forEach((i) -> values.put(table.columns().get(i).name(), row.get(i)));
					named.add(values);
				});
				landed.put(table.name(), named);
			}
		}
		return all;
	}

	private static List<List<@Nullable String>> read(LandedReading reading, Table table,
			Map<String, List<Map<String, @Nullable String>>> landed) {
		LandedRows rows = (name, columns) -> landed.getOrDefault(name, List.of());
		List<List<@Nullable String>> read = new ArrayList<>();
		try (RowFeed feed = reading.rows(table, rows)) {
			for (List<@Nullable String> row = feed.next(); row != null; row = feed.next()) {
				read.add(row);
			}
		}
		return read;
	}

	/**
	 * {@return the failure of reading them}
	 */
	String failure(String rows) {
		Failure failure = catchThrowableOfType(Failure.class, () -> rows(rows));
		return (failure != null) ? failure.kind() + " " + failure.line() : "none";
	}

	HttpSystem system(LandedDefinition definition) {
		Parameters given = Parameters.of("keysteward.sources[0].parameters", this.parameters);
		HttpDefinition lists = HttpDefinition.of(definition.file(Definition.YAML), definition.yaml().probe(),
				definition.tables(), given);
		return new HttpSystem(lists, client(), given, this.authentication, null, null);
	}

	ApiClient client() {
		return new ApiClient("api", HttpAddress.of("url", this.url), Map.of("X-Key", "s3cret"), this.authentication,
				new HttpConnection(null), this.timeout, this.pauses::add, Clock.fixed(NOW, ZoneOffset.UTC));
	}

	static LandedDefinition definition(String rows) {
		try {
			Path config = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "lists");
			Path folder = Files.createDirectories(config.resolve("sources/api"));
			Files.writeString(folder.resolve("source.yaml"), "title: Keys of an API\nusage: { recorded: full }\nrows:\n"
					+ rows.indent(2).replaceAll("(?m)^  !", ""));
			Files.writeString(folder.resolve("select.sql"), "SELECT id AS key_id FROM keys");
			return new LandedDefinitionReader(config).load("definition", "api");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
