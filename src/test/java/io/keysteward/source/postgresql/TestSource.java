package io.keysteward.source.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceRegistry;
import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A source with a definition of its own in a folder of its own, for tests.
 *
 * @param config the configuration directory
 * @param database where the keys are
 */
record TestSource(Path config, TestDatabase database) {

	static final String YAML = """
			title: Test
			probe: SELECT true
			usage: { recorded: full }
			""";

	static TestSource create(TestDatabase database, String yaml, String select) {
		try {
			Path config = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "config");
			Path folder = Files.createDirectories(config.resolve("sources/x"));
			Files.writeString(folder.resolve("source.yaml"), yaml);
			Files.writeString(folder.resolve("select.sql"), select);
			return new TestSource(config, database);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	KeySource load() {
		return load(this.database.url(), this.database.username(), this.database.password());
	}

	KeySource load(String url, String username, String password) {
		return load(this.database.dataSource(), new SourceSettings("x", null,
				new SourceSettings.Datasource(url, username, password), null, null, null, null));
	}

	KeySource load(DataSource governance, SourceSettings settings) {
		return load(this.config, governance, settings);
	}

	static KeySource load(Path config, DataSource governance, SourceSettings settings) {
		return new SourceRegistry(List.of(new PostgresqlKind(config, governance)), List.of(settings)).all().get(0);
	}

	List<KeyRecord> keys() {
		try (KeySnapshot reading = load().open(Set.of())) {
			return all(reading);
		}
	}

	KeyRecord key() {
		List<KeyRecord> keys = keys();
		if (keys.size() != 1) {
			throw new AssertionError(keys.size() + " keys");
		}
		return keys.get(0);
	}

	static List<KeyRecord> all(KeySnapshot reading) {
		List<KeyRecord> keys = new ArrayList<>();
		for (List<KeyRecord> block = reading.next(1000); !block.isEmpty(); block = reading.next(1000)) {
			keys.addAll(block);
		}
		return keys;
	}

	/**
	 * {@return the kind and the line of the failure to load and probe, the folder's place
	 * left out}
	 */
	String failure() {
		return failure(() -> load().probe());
	}

	String failure(Runnable action) {
		Failure failure = catchThrowableOfType(Failure.class, action::run);
		if (failure == null) {
			return "no failure";
		}
		String place = this.config.toString().replace('\\', '/');
		return failure.kind() + " " + failure.line().replace(place, "config");
	}

}
