package io.keysteward.source.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.KnownSince;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SqlDefinitionReaderTests {

	private static final String SMALLEST = "title: T\nprobe: SELECT true\nusage: { recorded: full }\n";

	private final Path config;

	private final Path folder;

	SqlDefinitionReaderTests(@TempDir Path config) throws IOException {
		this.config = config;
		this.folder = Files.createDirectories(config.resolve("sources/x"));
		write("source.yaml", SMALLEST);
		write("select.sql", "SELECT 1 AS key_id, now() AS last_used_at");
	}

	@Test
	void everythingButTitleProbeAndRecordedHasADefault() {
		SqlDefinition sql = load();
		Definition definition = sql.common();
		assertThat(definition.granularity()).isZero();
		assertThat(definition.knownSince()).isEqualTo(KnownSince.START);
		assertThat(definition.governedKinds()).isEmpty();
		assertThat(definition.governedKinds().contains(null)).isFalse();
		assertThat(definition.orphanedProjectStates()).containsExactlyInAnyOrder(ProjectState.MISSING,
				ProjectState.DELETED);
		assertThat(definition.orphanedOwnerStates()).containsExactlyInAnyOrder(OwnerState.MISSING, OwnerState.DISABLED);
		assertThat(definition.judgeNames()).isTrue();
		assertThat(definition.oldestTime()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
		assertThat(sql.obstacle()).endsWith("source.yaml does not say disable.reversible: true");
	}

	@Test
	void everyKeyOfTheFileIsRead() throws IOException {
		write("source.yaml", """
				title: Everything
				probe: SELECT true;
				usage:
				  recorded: Partial
				  granularity: 24h
				  known-since: 2026-02-14
				oldest-time: 1995-06-01
				kinds: { governed: [personal, team], never-disable: [system] }
				orphaned-when: { project-state: [missing], owner-state: [] }
				unnamed: { judge: false, generated-names: ['^[0-9a-f]{4}$', 'auto-\\d+'] }
				disable: { reversible: true, effective-within: PT1M }
				""");
		write("disable.sql", "UPDATE k SET on = false WHERE id = :key_id AND used IS NOT DISTINCT FROM :last_used_at");
		write("restore.sql", "UPDATE k SET on = true WHERE id = :key_id");
		write("grants.sql", "GRANT SELECT ON k TO reader");
		SqlDefinition sql = load();
		Definition definition = sql.common();
		assertThat(definition.recorded()).isEqualTo(Definition.Recorded.PARTIAL);
		assertThat(definition.granularity()).isEqualTo(Duration.ofHours(24));
		assertThat(definition.knownSince().at()).isEqualTo(Instant.parse("2026-02-14T00:00:00Z"));
		assertThat(definition.oldestTime()).isEqualTo(Instant.parse("1995-06-01T00:00:00Z"));
		assertThat(definition.governedKinds()).containsExactly("personal", "team");
		assertThat(definition.neverDisableKinds()).containsExactly("system");
		assertThat(definition.orphanedProjectStates()).containsExactly(ProjectState.MISSING);
		assertThat(definition.orphanedOwnerStates()).isEmpty();
		assertThat(definition.judgeNames()).isFalse();
		assertThat(definition.generatedNames()).anyMatch((name) -> name.test("AUTO-12"))
			.anyMatch((name) -> name.test("00ff"))
			.noneMatch((name) -> name.test("my auto-12"));
		assertThat(sql.obstacle()).isNull();
		assertThat(definition.effectiveWithin()).isEqualTo(Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			granularity: PT5M                     | PT5M
			granularity: 5m                       | PT5M
			granularity: 24h                      | PT24H
			granularity: 0                        | PT0S
			granularity: P1D                      | PT24H
			""")
	void aGranularityIsWrittenInEitherStyle(String line, Duration expected) throws IOException {
		write("source.yaml", "title: T\nprobe: SELECT true\nusage:\n  recorded: full\n  " + line + "\n");
		assertThat(load().common().granularity()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					granularitty: 5m      | :5: unknown key 'granularitty' under usage; did you mean 'granularity'?
					zebra: 5m             | :5: unknown key 'zebra' under usage; allowed: granularity, known-since, recorded
					granularity: -5m      | :5: usage.granularity '-5m' must be a duration of zero or more, such as PT5M or 24h
					granularity: 5        | :5: usage.granularity '5' must be a duration of zero or more, such as PT5M or 24h
					granularity: [5m]     | :5: usage.granularity must be a duration of zero or more, such as PT5M or 24h
					known-since: yesterday| :5: usage.known-since 'yesterday' must be a date (2026-02-14, from midnight UTC), an instant (2026-02-14T08:00:00Z) or a SELECT
					known-since: 2026-02-14T08:00:00| :5: usage.known-since '2026-02-14T08:00:00' must be a date (2026-02-14, from midnight UTC), an instant (2026-02-14T08:00:00Z) or a SELECT
					recorded: none        | :5: duplicate key 'recorded'; take one of them out
					""")
	void whatIsWrongUnderUsageIsOneLineThatSaysWhere(String line, String expected) throws IOException {
		write("source.yaml", "title: T\nprobe: SELECT true\nusage:\n  recorded: full\n  " + line + "\n");
		assertThat(failure()).isEqualTo("config/sources/x/source.yaml" + expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					titel: T                              | :4: unknown key 'titel'; did you mean 'title'?
					title: U                              | :4: duplicate key 'title'; take one of them out
					kinds: personal                       | :4: kinds must hold keys of its own: governed, never-disable
					kinds: { governed: {a: b} }           | :4: kinds.governed must be a list, such as [one, other]
					kinds: { governed: [a, ] }            |
					kinds: { governed: [a, null] }        | : kinds.governed has an empty entry; write a value or take the entry out
					kinds: { governed: ['a', ''] }        | :4: kinds.governed '' must be text
					orphaned-when: { project-state: [gone] } | :4: orphaned-when.project-state 'gone' must be one of missing, deleted
					orphaned-when: { owner-state: [ok] }  | :4: orphaned-when.owner-state 'ok' must be one of missing, disabled
					unnamed: { judge: perhaps }           | :4: unnamed.judge 'perhaps' must be true or false
					unnamed: { generated-names: ['(a'] }  | :4: unnamed.generated-names '(a' must be a regular expression of RE2 syntax
					oldest-time: long ago                 | :4: oldest-time 'long ago' must be a date (1995-01-01, from midnight UTC) or an instant (1995-01-01T08:00:00Z)
					disable: { reversible: 1 }            | :4: disable.reversible '1' must be true or false
					kinds: { governed: [a                 | :4:22: is not readable as YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>
					""")
	void whatIsWrongElsewhereIsOneLineThatSaysWhere(String line, String expected) throws IOException {
		write("source.yaml", SMALLEST + line + "\n");
		if (expected == null) {
			load();
		}
		else {
			assertThat(failure()).isEqualTo("config/sources/x/source.yaml" + expected);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                                     | title is required
			{title: T}                             | usage.recorded is required; write full, partial or none
			{title: T, usage: {recorded: full}}    | probe is required
			{title: T, probe: SELECT true}         | usage.recorded is required; write full, partial or none
			{title: T, probe: SELECT true, usage: } | usage.recorded is required; write full, partial or none
			{title: T, probe: ; }                  | usage.recorded is required; write full, partial or none
			""")
	void whatIsRequiredIsNamed(String yaml, String expected) throws IOException {
		write("source.yaml", yaml);
		assertThat(failure()).isEqualTo("config/sources/x/source.yaml: " + expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					SELECT 1; SELECT 2                                  | select.sql: line 1 ends a first statement and another follows; only one statement is allowed
					-- only a comment                                   | select.sql: is empty; write one statement
					/* a /* nested */ ; */ ;                            | select.sql: is empty; write one statement
					SELECT ';' AS "a;b", E'\\';', $$;$$, $q$;$$;$q$ /* /* ; */ ; */ ; -- end; | none
					SELECT a -- b;c                                     | none
					SELECT a;;                                          | none
					""")
	void aSelectIsOneStatementWhereverItsSemicolonsStand(String sql, String expected) throws IOException {
		write("select.sql", sql);
		assertThat(failure()).isEqualTo(expected.equals("none") ? expected : "config/sources/x/" + expected);
	}

	@Test
	void anEmptyFileSaysWhatItNeeds() throws IOException {
		write("source.yaml", "# nothing yet\n");
		assertThat(failure())
			.isEqualTo("config/sources/x/source.yaml: is empty; title, probe and usage.recorded are required");
	}

	@Test
	void aMissingFolderNamesThoseThatExist() throws IOException {
		Files.createDirectories(this.config.resolve("sources/api-keys"));
		Failure failure = catchThrowableOfType(Failure.class,
				() -> new SqlDefinitionReader(this.config).load("keysteward.sources[0].definition", "api-key"));
		assertThat(shown(failure)).isEqualTo("keysteward.sources[0].definition 'api-key' has no folder"
				+ " config/sources/api-key, and is not in the catalogue (the command sources lists it); did you mean"
				+ " 'api-keys'? there are: api-keys, x");
	}

	@Test
	void aNameOfTheCatalogueNeedsNoFolderAndIsGuessedLikeOthers() {
		SqlDefinition shipped = new SqlDefinitionReader(this.config).load("keysteward.sources[0].definition", "gitea");
		assertThat(shipped.file("select.sql")).isEqualTo("catalogue/gitea/select.sql");
		Failure failure = catchThrowableOfType(Failure.class,
				() -> new SqlDefinitionReader(this.config).load("keysteward.sources[0].definition", "gittea"));
		assertThat(shown(failure)).contains("did you mean 'gitea'? there are: x");
	}

	@Test
	void aFolderWithoutSelectIsRefused() throws IOException {
		Files.delete(this.folder.resolve("select.sql"));
		assertThat(failure()).isEqualTo("config/sources/x/select.sql: is missing; a definition needs it");
	}

	@Test
	void theHashFollowsTheTextAndNotTheLineEndings() throws IOException {
		String before = load().common().sha256();
		write("source.yaml", SMALLEST.replace("\n", "\r\n"));
		assertThat(load().common().sha256()).hasSize(64).isEqualTo(before);
		write("restore.sql", "UPDATE k SET on = true");
		assertThat(load().common().sha256()).isNotEqualTo(before);
	}

	private SqlDefinition load() {
		return new SqlDefinitionReader(this.config).load("keysteward.sources[0].definition", "x");
	}

	private String failure() {
		Failure failure = catchThrowableOfType(Failure.class, this::load);
		return (failure != null) ? shown(failure) : "none";
	}

	private String shown(Failure failure) {
		assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
		return failure.line().replace(this.config.toString().replace('\\', '/'), "config");
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
	}

}
