package io.keysteward.source.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.Set;
import java.util.function.BiFunction;

import io.keysteward.TestDatabase;
import io.keysteward.TestSettings;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceRegistry;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.landing.Landing;
import io.keysteward.source.landing.LandingSettings;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A source in a foreign database, with a definition in its own folder, for tests.
 *
 * @param config the configuration directory
 * @param drivers the folder with drivers
 */
record ForeignSource(Path config, Path drivers) {

	private static final TestDatabase LANDING = landing();

	/** A driver is loaded once for all tests. */
	private static final Map<Path, DriverFolder> FOUND = new ConcurrentHashMap<>();

	/** A role that may only land. */
	private static TestDatabase landing() {
		TestDatabase database = TestDatabase.empty().kept();
		JdbcClient jdbc = JdbcClient.create(database.dataSource());
		jdbc.sql("""
				DO $$ BEGIN
				  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'landing') THEN
				    CREATE ROLE landing LOGIN PASSWORD 'landing';
				  END IF;
				END $$
				""").update();
		jdbc.sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC").update();
		return database;
	}

	static ForeignSource create(Path drivers, Map<String, String> files) {
		try {
			Path config = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "config");
			Path folder = Files.createDirectories(config.resolve("sources/x"));
			for (Map.Entry<String, String> file : files.entrySet()) {
				Files.writeString(folder.resolve(file.getKey()), file.getValue());
			}
			return new ForeignSource(config, drivers);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	KeySource load(String url) {
		boolean users = !url.startsWith("jdbc:sqlite:");
		return load(url, users ? MariaDb.USER : null, users ? MariaDb.PASSWORD : null);
	}

	KeySource load(String url, @Nullable String username, @Nullable String password) {
		return load(url, username, password, FOUND.computeIfAbsent(this.drivers, DriverFolder::new)::driver);
	}

	KeySource load(String url, @Nullable String username, @Nullable String password,
			BiFunction<String, String, FoundDriver> found) {
		Landing landing = new Landing(
				new LandingSettings(new SourceSettings.Datasource(LANDING.url(), "landing", "landing"),
						TestSettings.of(LandingSettings.class).maxSize()),
				LANDING.url(), LANDING.username());
		SourceSettings settings = new SourceSettings("x", null, new SourceSettings.Datasource(url, username, password),
				null, null, null, null);
		return new SourceRegistry(List.of(new DatabaseKind(this.config, found, landing)), List.of(settings)).all()
			.get(0);
	}

	static List<KeyRecord> keys(KeySource source) {
		List<KeyRecord> keys = new ArrayList<>();
		try (KeySnapshot reading = source.open(Set.of())) {
			for (List<KeyRecord> block = reading.next(1000); !block.isEmpty(); block = reading.next(1000)) {
				keys.addAll(block);
			}
		}
		return keys;
	}

	/**
	 * {@return the kind and the line of a failure, without the paths of folders}
	 */
	String failure(Runnable action) {
		Failure failure = catchThrowableOfType(Failure.class, action::run);
		if (failure == null) {
			return "no failure";
		}
		return failure.kind() + " "
				+ failure.line().replace(this.config.toString(), "config").replace(this.drivers.toString(), "drivers");
	}

}
