package io.keysteward.source.postgresql;

import java.time.Duration;
import java.util.List;

import io.keysteward.TestDatabase;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceRegistry;
import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresqlKindTests {

	private static final TestDatabase DATABASE = TestDatabase.empty().kept();

	private final TestSource source = TestSource.create(DATABASE, TestSource.YAML, "SELECT 1 AS key_id");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					                                     | url: is required; write jdbc:postgresql://host:port/database, or leave datasource out for the governance database
					jdbc:postgresql://h:70000/db         | url: 'jdbc:postgresql://h:70000/db' is not allowed; a port is a number from 1 to 65535
					jdbc:postgresql://h/db?socketFactory=no.Such | url: socketFactory names no class that makes sockets; correct it, or leave it out
					jdbc:postgresql://h/db?socketFactory=java.lang.String | url: socketFactory names no class that makes sockets; correct it, or leave it out
					jdbc:postgresql://h/db?sslfactory=no.Such | url: sslfactory names no class that makes sockets; correct it, or leave it out
					jdbc:postgresql://scott:ti/ger@h/db  | url: holds a password; write it as keysteward.sources[0].datasource.password, where it is kept secret
					jdbc:postgresql://scott:ti?ger@h/db  | url: 'jdbc:postgresql:…' is not allowed; it must start with jdbc:postgresql://, such as jdbc:postgresql://db.example.com:5432/keysteward
					jdbc:postgresql://h:port/db          | url: 'jdbc:postgresql:…' is not allowed; it must start with jdbc:postgresql://, such as jdbc:postgresql://db.example.com:5432/keysteward
					jdbc:postgresql://h/db?password=tiger | url: holds a password; write it as keysteward.sources[0].datasource.password, where it is kept secret
					jdbc:postgresql://scott:tiger@h/db   | url: holds a password; write it as keysteward.sources[0].datasource.password, where it is kept secret
					jdbc:postgresql://h/db               | username: is required; write the role that reads
					""")
	void aDatasourceIsPostgresqlAndItsPasswordStaysOutOfTheUrl(@Nullable String url, String expected) {
		assertThat(failure(
				new SourceSettings("x", null, new SourceSettings.Datasource(url, null, "p"), null, null, null, null)))
			.isEqualTo("CONFIGURATION keysteward.sources[0].datasource." + expected)
			.doesNotContain("tiger");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://h/db", "jdbc:oracle:thin:scott/tiger@h:1/db", "jdbc:sqlite:keys.db" })
	void anotherDatabaseIsOfAnotherKind(String url) {
		assertThat(failure(
				new SourceSettings("x", null, new SourceSettings.Datasource(url, null, "p"), null, null, null, null)))
			.isEqualTo(
					"CONFIGURATION keysteward.sources[0]: does not say where its keys are; write one of: datasource");
	}

	@Test
	void oneDefinitionServesSeveralSources() {
		List<KeySource> sources = sources(new SourceSettings("a", "x", null, null, null, null, null),
				new SourceSettings("b", "x", at("db"), null, null, null, null))
			.all();
		assertThat(sources).extracting(KeySource::id).containsExactly("a", "b");
		assertThat(sources).extracting(KeySource::definition).containsOnly("x");
		assertThat(sources).extracting(KeySource::title).containsOnly("Test");
	}

	@Test
	void theSameKeysCannotBeTwoSources() {
		String refused = "is the same definition on the same database as source 'a', so every key would be there twice,"
				+ " and exempt only once; take one of the two out";
		assertThat(failure(new SourceSettings("a", "x", null, null, null, null, null),
				new SourceSettings("b", "x", null, null, null, null, Duration.ofMinutes(1))))
			.isEqualTo("CONFIGURATION keysteward.sources[1]: " + refused);
		assertThat(failure(new SourceSettings("a", "x", at("db"), null, null, null, null),
				new SourceSettings("x", null, at("db"), null, null, null, null)))
			.isEqualTo("CONFIGURATION keysteward.sources[1]: " + refused);
		assertThat(failure(new SourceSettings("a", "x", at("db?currentSchema=one"), null, null, null, null),
				new SourceSettings("b", "x", at("db?currentSchema=two"), null, null, null, null)))
			.isEqualTo("no failure");
	}

	private static SourceSettings.Datasource at(String database) {
		return new SourceSettings.Datasource("jdbc:postgresql://localhost:1/" + database, "reader", "p");
	}

	@Test
	void loadingConnectsToNothing() {
		assertThat(this.source.load("jdbc:postgresql://localhost:1/db", "reader", "p").id()).isEqualTo("x");
	}

	@Test
	void aStatementTimeoutHasBounds() {
		assertThat(failure(new SourceSettings("x", null, null, null, null, null, Duration.ZERO)))
			.isEqualTo("CONFIGURATION keysteward.sources[0].statement-timeout 'PT0S' is not allowed; write 1s to 24h");
	}

	@Test
	void aDefinitionCannotLieOutsideItsFolder() {
		assertThat(failure(new SourceSettings("x", "../sources/x", null, null, null, null, null)))
			.isEqualTo("CONFIGURATION keysteward.sources[0].definition '../sources/x' has no folder"
					+ " config/sources/../sources/x, and is not in the catalogue (the command sources lists it);"
					+ " there are: x");
	}

	private String failure(SourceSettings... settings) {
		return this.source.failure(() -> sources(settings).all());
	}

	private SourceRegistry sources(SourceSettings... settings) {
		return new SourceRegistry(List.of(new PostgresqlKind(this.source.config(), DATABASE.dataSource())),
				List.of(settings));
	}

}
