package io.keysteward.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import io.keysteward.source.definition.Catalogue;
import io.keysteward.source.definition.Definition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules for every definition of the catalogue. {@code -Dupdate.inventories=true}
 * rewrites the golden inventories.
 */
class EveryDefinitionTests {

	private static final Path CATALOGUE = Path.of("src/main/resources/catalogue");

	private static final Path PAGES = Path.of("docs/catalogue");

	/** Parts of the fixtures' secrets. */
	private static final List<String> SECRETS = List.of("4f1c9a2be07d5566", "aa11bb22cc33dd44ee55",
			"0123456789abcdef01234567", "4a6fd2c1e7b95d33", "5566778899aabbcc", "hash-");

	@Test
	void everyFolderIsListedAndEveryListedNameIsAFolder() throws IOException {
		try (Stream<Path> folders = Files.list(CATALOGUE)) {
			assertThat(folders.filter(Files::isDirectory).map((folder) -> folder.getFileName().toString()))
				.containsExactlyInAnyOrderElementsOf(names());
		}
	}

	@Test
	void everyPageIsOfADefinition() throws IOException {
		try (Stream<Path> pages = Files.list(PAGES)) {
			assertThat(pages.map((page) -> page.getFileName().toString()).filter((page) -> !page.equals("README.md")))
				.containsExactlyInAnyOrderElementsOf(names().stream().map((name) -> name + ".md").toList());
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void everyFileOfAFolderIsShown(String name) throws IOException {
		try (Stream<Path> files = Files.list(CATALOGUE.resolve(name))) {
			assertThat(files.map((file) -> file.getFileName().toString()))
				.containsExactlyInAnyOrderElementsOf(Catalogue.entry("test", name).folder().texts().keySet());
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void everyPageSaysWhatAnOperatorAsks(String name) throws IOException {
		Catalogue.Entry entry = Catalogue.entry("test", name);
		String page = Files.readString(PAGES.resolve(name + ".md"));
		assertThat(page).startsWith("# " + name + ": " + entry.definition().title() + "\n")
			.contains("| follows | ", "| use | " + word(entry.definition().recorded()), "| null means | ",
					"| granularity | ", "| disabling | " + (entry.disables() ? "yes" : "no"), "| rights | ",
					"| not tested | ");
	}

	@ParameterizedTest
	@MethodSource("names")
	void everyDefinitionSaysWhatItIsAndWhereToRead(String name) {
		Catalogue.Entry entry = Catalogue.entry("test", name);
		assertThat(entry.definition().title()).isNotBlank().doesNotContain("TODO");
		assertThat(entry.folder().required(Definition.YAML)).startsWith("# ")
			.contains("docs/catalogue/" + name + ".md", "definition: " + name);
		assertThat(entry.origin().from()).isIn("postgresql", "file", "http");
		assertThat(entry.origin().follows()).isNotBlank();
		assertThat(entry.origin().tested()).isNotBlank();
		assertThat(entry.folder().yaml().rows() == null).isEqualTo(entry.origin().from().equals("postgresql"));
	}

	@ParameterizedTest
	@MethodSource("names")
	void everyDefinitionReadsWhatItsGoldenInventorySays(String name) throws IOException {
		CatalogueFixture fixture = CatalogueFixture.of(name);
		fixture.load().probe();
		String inventory = fixture.inventory();
		Path golden = CatalogueFixture.resource(name, "inventory.txt");
		if (Boolean.getBoolean("update.inventories")) {
			Files.writeString(golden, inventory);
		}
		assertThat(golden).hasContent(inventory);
		assertThat(inventory).doesNotContain("data error").doesNotContain(SECRETS);
	}

	/** Keys of a system without recorded use are never idle. */
	@ParameterizedTest
	@MethodSource("names")
	void everyDefinitionIsHonestAboutUse(String name) {
		Definition definition = Catalogue.entry("test", name).definition();
		CatalogueFixture fixture = CatalogueFixture.of(name);
		Set<KeyColumn> columns = fixture.load().probe().traits().columns();
		List<KeyRecord> keys = fixture.keys();
		switch (definition.recorded()) {
			case NONE -> {
				assertThat(columns).doesNotContain(KeyColumn.LAST_USED_AT);
				assertThat(keys).allMatch((key) -> key.usage().state() == Usage.State.UNKNOWN);
			}
			case PARTIAL -> assertThat(keys).noneMatch((key) -> key.usage().state() == Usage.State.NEVER_USED)
				.anyMatch((key) -> key.usage().state() == Usage.State.USED)
				.anyMatch((key) -> key.usage().state() == Usage.State.UNKNOWN);
			case FULL -> {
				assertThat(definition.granularity()).isPositive();
				assertThat(keys).anyMatch((key) -> key.usage().state() == Usage.State.NEVER_USED)
					.anyMatch((key) -> key.usage().state() == Usage.State.USED);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void aDatabaseOfAnythingElseIsRefused(String name) {
		if (Catalogue.entry("test", name).folder().yaml().rows() == null) {
			assertThat(new CatalogueFixture(name, TestDatabase.empty(), Path.of("target")).failure())
				.startsWith("CONFIGURATION catalogue/" + name + "/source.yaml: probe");
		}
	}

	private static String word(Definition.Recorded recorded) {
		return recorded.name().toLowerCase(Locale.ROOT);
	}

	static List<String> names() {
		return Catalogue.names();
	}

}
