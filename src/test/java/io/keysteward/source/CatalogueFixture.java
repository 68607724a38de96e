package io.keysteward.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.TestDatabase;
import io.keysteward.TestSettings;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.definition.Catalogue;
import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.RowsYaml;
import io.keysteward.source.file.FilesKind;
import io.keysteward.source.landing.Landing;
import io.keysteward.source.landing.LandingSettings;
import io.keysteward.source.postgresql.PostgresqlKind;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A definition of the catalogue with its hand-made data: tables, an export, or answers
 * whose rows are landed as texts by source.yaml.
 *
 * @param name the definition
 * @param database the database with its tables
 * @param config a configuration directory without definitions
 */
record CatalogueFixture(String name, TestDatabase database, Path config) {

	private static final TestDatabase LANDING = TestDatabase.migrated().kept();

	private static final String EXPORT = "export.csv";

	private static final Path RESOURCES = Path.of("src/test/resources/io/keysteward/source/catalogue");

	static CatalogueFixture of(String name) {
		try {
			Path config = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), name);
			CatalogueFixture fixture = new CatalogueFixture(name, TestDatabase.empty(), config);
			fixture.create();
			return fixture;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path resource(String name, String file) {
		return RESOURCES.resolve(name).resolve(file);
	}

	KeySource load() {
		return load(this.database);
	}

	/**
	 * {@return the source as a role of the database sees it}
	 */
	KeySource load(TestDatabase as) {
		if (Files.exists(resource(this.name, EXPORT))) {
			return load(new FilesKind(this.config, landing(), Clock.systemUTC()),
					new SourceSettings("x", this.name, null,
							new SourceSettings.Files(this.config.resolve("exports").toString(), "*.csv",
									Duration.ofHours(36), null),
							null, null, null));
		}
		return load(new PostgresqlKind(this.config, as.dataSource()), new SourceSettings("x", this.name,
				new SourceSettings.Datasource(as.url(), as.username(), as.password()), null, null, null, null));
	}

	private static KeySource load(SourceKind kind, SourceSettings settings) {
		return new SourceRegistry(List.of(kind), List.of(settings)).all().get(0);
	}

	static Landing landing() {
		TestDatabase role = LANDING.as("keysteward_landing");
		return new Landing(new LandingSettings(new SourceSettings.Datasource(null, role.username(), role.password()),
				TestSettings.of(LandingSettings.class).maxSize()), LANDING.url(), LANDING.username());
	}

	/**
	 * {@return the failure's line when the source is loaded and probed}
	 */
	String failure() {
		Failure failure = catchThrowableOfType(Failure.class, () -> load().probe());
		return (failure != null) ? failure.kind() + " " + failure.line() : "no failure";
	}

	List<KeyRecord> keys() {
		return keys(load());
	}

	static List<KeyRecord> keys(KeySource source) {
		try (KeySnapshot reading = source.open(Set.of())) {
			List<KeyRecord> keys = new ArrayList<>();
			for (List<KeyRecord> block = reading.next(1000); !block.isEmpty(); block = reading.next(1000)) {
				keys.addAll(block);
			}
			if (reading.remasked().rows() > 0) {
				throw new AssertionError("masked again: " + reading.remasked());
			}
			return keys.stream().sorted((one, other) -> one.id().id().compareTo(other.id().id())).toList();
		}
	}

	/**
	 * {@return the keys, one per line, with the values that are not null}
	 */
	String inventory() {
		return inventory(load());
	}

	static String inventory(KeySource source) {
		return keys(source).stream().map(CatalogueFixture::line).collect(Collectors.joining());
	}

	private static String line(KeyRecord key) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("name", key.name());
		fields.put("mask", key.maskedKey());
		fields.put("project", key.project().id());
		fields.put("project name", key.project().name());
		fields.put("project state", key.project().state());
		fields.put("owner", key.owner().id());
		fields.put("owner name", key.owner().name());
		fields.put("owner email", key.owner().email());
		fields.put("owner state", key.owner().state());
		fields.put("created", key.createdAt());
		fields.put("use", key.usage());
		fields.put("expires", key.expiresAt());
		fields.put("status", key.status());
		fields.put("kind", key.kind());
		fields.put("data error", key.dataError());
		return key.id().id() + "\n"
				+ fields.entrySet()
					.stream()
					.filter((field) -> field.getValue() != null)
					.map((field) -> "  " + field.getKey() + ": " + field.getValue() + "\n")
					.collect(Collectors.joining());
	}

	private void create() throws IOException {
		Catalogue.Entry entry = Catalogue.entry("test", this.name);
		Map<String, RowsYaml> rows = entry.folder().yaml().rows();
		if (rows == null) {
			this.database.jdbc().sql(Files.readString(resource(this.name, "tables.sql"))).update();
			return;
		}
		if (Files.exists(resource(this.name, EXPORT))) {
			Path exports = Files.createDirectories(this.config.resolve("exports"));
			Path export = Files.copy(resource(this.name, EXPORT), exports.resolve(EXPORT));
			Files.setLastModifiedTime(export, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
			return;
		}
		JsonNode answers = JsonMapper.shared().readTree(Files.readString(resource(this.name, "answers.json")));
		for (Map.Entry<String, RowsYaml> table : rows.entrySet()) {
			land(table.getKey(), columns(table.getValue()), answered(table.getValue(), answers.path(table.getKey())));
		}
		Path folder = Files.createDirectories(this.config.resolve("sources").resolve(this.name));
		ObjectNode yaml = (ObjectNode) new YAMLMapper().readTree(entry.folder().required(Definition.YAML));
		yaml.remove(List.of("rows", "disable"));
		yaml.put("probe", "SELECT true");
		Files.writeString(folder.resolve(Definition.YAML), new YAMLMapper().writeValueAsString(yaml));
		Files.writeString(folder.resolve("select.sql"), entry.folder().required("select.sql"));
	}

	private static List<String> columns(RowsYaml rows) {
		JsonNode columns = Objects.requireNonNull(rows.columns());
		return columns.isArray() ? columns.valueStream().map(JsonNode::asString).toList()
				: columns.propertyStream()
					.filter((column) -> !column.getValue().path("as").asString("").equals("hidden"))
					.map(Map.Entry::getKey)
					.toList();
	}

	private static List<Map<String, @Nullable String>> answered(RowsYaml rows, JsonNode answers) {
		List<Map<String, @Nullable String>> landed = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (JsonNode answer : answers) {
			JsonNode body = answer.path("answer");
			if (rows.require() != null) {
				rows.require().forEach((at, is) -> requireEqual(at, body.at(at), is));
			}
			JsonNode list = (rows.at() != null) ? body.at(rows.at()) : body;
			if (!list.isArray()) {
				throw new AssertionError("no list at " + rows.at());
			}
			for (JsonNode item : list) {
				landed.add(row(Objects.requireNonNull(rows.columns()), item, answer.path("for"), seen));
			}
			if (rows.total() != null) {
				requireEqual(rows.total(), body.at(rows.total()), JsonMapper.shared().valueToTree(list.size()));
			}
		}
		requireSeen(rows, seen);
		return landed;
	}

	private static void requireEqual(String at, JsonNode value, JsonNode expected) {
		if (!value.asString().equals(expected.asString())) {
			throw new AssertionError(at + " is " + value + ", not " + expected);
		}
	}

	/** Fails if no row has a field, which then is misspelt. */
	private static void requireSeen(RowsYaml rows, Set<String> seen) {
		List<String> optional = Objects.requireNonNullElse(rows.optional(), List.of());
		columns(rows).stream()
			.filter((column) -> !seen.contains(column) && !optional.contains(column))
			.forEach((column) -> {
				throw new AssertionError("no row has " + column);
			});
	}

	private static Map<String, @Nullable String> row(JsonNode columns, JsonNode item, JsonNode parameters,
			Set<String> seen) {
		Map<String, @Nullable String> row = new LinkedHashMap<>();
		columns.properties().forEach((column) -> {
			String at = column.getValue().isObject() ? column.getValue().path("at").asString()
					: column.getValue().asString();
			JsonNode value = at.startsWith("{") ? parameters.path(at.substring(1, at.length() - 1)) : item.at(at);
			if (!value.isMissingNode()) {
				seen.add(column.getKey());
			}
			row.put(column.getKey(), text(value, column.getValue()));
		});
		return row;
	}

	private static @Nullable String text(JsonNode value, JsonNode how) {
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		String text = value.isContainer() ? value.toString() : value.asString();
		String before = how.path("before").asString("");
		int end = before.isEmpty() ? -1 : text.indexOf(before);
		String cut = (end >= 0) ? text.substring(0, end) : text;
		return how.path("as").asString("").equals("sha256") ? sha256(cut) : cut;
	}

	private static String sha256(String text) {
		MessageDigest digest = Sha256.digest();
		return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	private void land(String table, List<String> columns, List<Map<String, @Nullable String>> rows) {
		String names = columns.stream().map((column) -> '"' + column + '"').collect(Collectors.joining(", "));
		this.database.jdbc()
			.sql("CREATE TABLE \"" + table + "\" (" + names.replace("\",", "\" text,") + " text)")
			.update();
		String places = columns.stream().map((column) -> "?").collect(Collectors.joining(", "));
		for (Map<String, @Nullable String> row : rows) {
			this.database.jdbc()
				.sql("INSERT INTO \"" + table + "\" (" + names + ") VALUES (" + places + ")")
				.params(columns.stream().map(row::get).toArray())
				.update();
		}
	}

}
