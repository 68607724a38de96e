package io.keysteward.source;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.source.definition.Catalogue;
import io.keysteward.source.definition.Definition;
import io.keysteward.source.http.HttpKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each definition of the catalogue that reads an HTTP API, with a server of hand-made
 * answers.
 */
class HttpDefinitionsTests {

	private static final Instant AS_OF = Instant.parse("2026-11-23T00:00:00Z");

	/** The parameters for application.yaml in the head of source.yaml. */
	private static final Pattern PARAMETERS = Pattern.compile("#.*parameters: \\{(.*)}");

	@ParameterizedTest
	@MethodSource("names")
	void everyListIsReadByTheKindThatReadsIt(String name) {
		try (CatalogueApi api = CatalogueApi.of(name)) {
			KeySource source = load(name, api);
			source.probe();
			assertThat(CatalogueFixture.resource(name, "inventory.txt")).hasContent(CatalogueFixture.inventory(source));
		}
	}

	@ParameterizedTest
	@MethodSource("switching")
	void everyActiveKeyIsSwitchedOffAndOn(String name) {
		try (CatalogueApi api = CatalogueApi.of(name)) {
			KeySource source = load(name, api);
			String before = CatalogueFixture.inventory(source);
			KeySwitch keySwitch = source.keySwitch(Set.of());
			keySwitch.probe();
			for (KeyRecord key : CatalogueFixture.keys(source)) {
				if (key.status() != KeyStatus.ACTIVE
						|| key.expiresAt() != null && key.expiresAt().isBefore(Instant.now())) {
					continue;
				}
				KeySwitch.Order order = new KeySwitch.Order(key, 7, AS_OF);
				assertThat(keySwitch.rehearse(order)).as(key.id().id()).isNull();
				List<String> undo = new ArrayList<>();
				assertThat(keySwitch.disable(order, undo::add)).as(key.id().id()).isNull();
				assertThat(keySwitch.isOn(key.id().id())).isFalse();
				assertThat(undo.toString()).doesNotContain("4f1c9a2be07d5566", "aa11bb22cc33dd44ee55",
						"0123456789abcdef");
				KeySwitch.Undo taken = new KeySwitch.Undo(key.id().id(), 7, AS_OF, undo.get(undo.size() - 1));
				assertThat(keySwitch.disabledBy(taken)).isTrue();
				assertThat(keySwitch.restore(taken, (receipt) -> {
				})).isTrue();
				assertThat(keySwitch.isOn(key.id().id())).isTrue();
			}
			// Unleash refuses null: a token without an expiry comes back with a distant
			// one.
			assertThat(CatalogueFixture.inventory(source).replaceAll(" +expires: 9999.*\n", "")).isEqualTo(before);
		}
	}

	private static KeySource load(String name, CatalogueApi api) {
		return new SourceRegistry(
				List.of(new HttpKind(Path.of("target"), CatalogueFixture.landing(), new DefaultSslBundleRegistry(),
						Clock.systemUTC())),
				List.of(new SourceSettings("x", name, null, null,
						new SourceSettings.Http(api.url(), null, "token", null, null, null, null, null),
						parameters(name), null)))
			.all()
			.get(0);
	}

	/** The names from the definition's head, with the fixture's values. */
	private static Map<String, List<String>> parameters(String name) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		Matcher shown = PARAMETERS.matcher(Catalogue.entry("test", name).folder().required(Definition.YAML));
		if (shown.find()) {
			Map<String, List<String>> values = Map.of("org", List.of("org-1"), "projects", List.of("p1", "p2"),
					"workspaces", List.of("w1", "w2"), "accounts", List.of("023e105f4ecef8ad9ca31a8372d0c353"));
			values.forEach((parameter, value) -> {
				if (shown.group(1).contains(parameter + ":")) {
					parameters.put(parameter, value);
				}
			});
		}
		return parameters;
	}

	static List<String> names() {
		return Catalogue.names()
			.stream()
			.filter((name) -> Catalogue.entry("test", name).origin().from().equals("http"))
			.toList();
	}

	static List<String> switching() {
		return names().stream().filter((name) -> Catalogue.entry("test", name).disables()).toList();
	}

}
