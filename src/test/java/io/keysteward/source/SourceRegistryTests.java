package io.keysteward.source;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SourceRegistryTests {

	private final List<String> loaded = new ArrayList<>();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					         | : is required; write the name that reports shall show. Where the environment sets a part of a list, it has to set all of it: the one in the file does not count then
					Api Keys |  'Api Keys' is not allowed; write up to 63 lower-case letters, digits and hyphens, a letter or digit first
					-a       |  '-a' is not allowed; write up to 63 lower-case letters, digits and hyphens, a letter or digit first
					""")
	void anIdIsRequiredAndPlain(@Nullable String id, String expected) {
		assertThat(failure(registry(settings(id, "memory"))).replace("  ", " "))
			.isEqualTo("keysteward.sources[0].id" + (expected.startsWith(":") ? "" : " ") + expected);
	}

	@Test
	void twoSourcesCannotShareAnId() {
		assertThat(failure(registry(settings("x", "memory"), settings("x", "memory"))))
			.isEqualTo("keysteward.sources[1].id 'x' is taken by an earlier source; give each its own id");
	}

	@Test
	void theSameKeysCannotBeTwoSources() {
		assertThat(failure(registry(settings("a", "memory"), settings("b", "memory"))))
			.isEqualTo("keysteward.sources[1]: is the same definition on the same database as source 'a', so every key"
					+ " would be there twice, and exempt only once; take one of the two out");
	}

	@Test
	void atLeastOneSourceIsNeeded() {
		assertThat(failure(registry())).isEqualTo("keysteward.sources: no source is configured; name at least one with"
				+ " its id and definition in config/application.yaml");
	}

	@Test
	void aSourceIsOfTheOneKindThatItsSettingsName() {
		SourceRegistry registry = registry(settings("a", "memory"), settings("b", "paper"));
		assertThat(registry.all()).extracting(KeySource::id).containsExactly("a", "b");
		assertThat(this.loaded).containsExactly("memory a", "paper b");
		assertThat(failure(registry(settings("a", "stone"))))
			.isEqualTo("keysteward.sources[0]: does not say where its keys are; write one of: memory, paper");
		assertThat(failure(registry(settings("a", "memory"), settings("b", "memory and paper")))).isEqualTo(
				"keysteward.sources[1]: has memory and paper, and a source is in one place; take all but one out");
	}

	@Test
	void eachDefinitionIsReadOnceInARun() {
		SourceRegistry registry = registry(settings("a", "memory"), settings("b", "paper"));
		assertThat(registry.get("b")).isSameAs(registry.get("b")).isSameAs(registry.all().get(1));
		registry.only("--source", Set.of());
		assertThat(this.loaded).hasSize(2);
		registry.forget();
		registry.all();
		assertThat(this.loaded).hasSize(4);
	}

	@Test
	void whatCouldNotBeReadIsReadAgain() {
		List<SourceKind> kinds = List.of(new Kind("memory") {

			@Override
			public KeySource load(String id, SourceSettings settings, String property) {
				super.load(id, settings, property);
				throw Failure.configuration(property + ".definition: is not finished");
			}

		});
		SourceRegistry registry = new SourceRegistry(kinds, List.of(settings("a", "memory")));
		assertThat(failure(registry)).isEqualTo(failure(registry))
			.isEqualTo("keysteward.sources[0].definition: is not finished");
		assertThat(this.loaded).hasSize(2);
		assertThat(registry.ids()).containsExactly("a");
	}

	@Test
	void whoAsksForASourceThatIsNotThereIsToldSoInTheWordsOfWhatAsked() {
		SourceRegistry registry = registry(settings("b", "paper"), settings("a", "memory"));
		assertThat(registry.only("--source", Set.of("b"))).extracting(KeySource::id).containsExactly("b");
		assertThat(failure(() -> registry.only("--source", Set.of("c"))))
			.isEqualTo("--source: 'c' is not (or no longer) configured; allowed: a, b");
		assertThat(failure(() -> registry.get("c")))
			.isEqualTo("keysteward.sources: 'c' is not (or no longer) configured; allowed: a, b");
	}

	private SourceRegistry registry(SourceSettings... settings) {
		return new SourceRegistry(List.of(new Kind("memory"), new Kind("paper")), List.of(settings));
	}

	private static SourceSettings settings(@Nullable String id, String kinds) {
		return new SourceSettings(id, kinds, null, null, null, null, null);
	}

	private static String failure(SourceRegistry registry) {
		return failure(registry::all);
	}

	private static String failure(Runnable action) {
		Failure failure = catchThrowableOfType(Failure.class, action::run);
		assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
		return failure.line();
	}

	/** Sources in memory whose definition's name has the kind's. */
	private class Kind implements SourceKind {

		private final String setting;

		Kind(String setting) {
			this.setting = setting;
		}

		@Override
		public String setting() {
			return this.setting;
		}

		@Override
		public boolean isMeantBy(SourceSettings settings) {
			return Objects.requireNonNull(settings.definition()).contains(this.setting);
		}

		@Override
		public KeySource load(String id, SourceSettings settings, String property) {
			SourceRegistryTests.this.loaded.add(this.setting + " " + id);
			return new InMemorySource(id, Clock.systemUTC());
		}

		@Override
		public List<String> address(SourceSettings settings) {
			return List.of();
		}

	}

}
