package io.keysteward.source.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.keysteward.TestDatabase;
import io.keysteward.TestSettings;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A definition whose rows are landed from memory in a real database, for tests.
 *
 * @param config the configuration directory, with a definition {@code x}
 * @param database the database in which its rows are landed
 */
record LandedTestSource(Path config, TestDatabase database) {

	static LandedTestSource create(TestDatabase database, String rows, String select) {
		try {
			Path config = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "landed");
			Path folder = Files.createDirectories(config.resolve("sources/x"));
			Files.writeString(folder.resolve("source.yaml"),
					"title: Test\nusage: { recorded: full }\nrows:\n" + rows.indent(2));
			Files.writeString(folder.resolve("select.sql"), select);
			return new LandedTestSource(config, database);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	LandedDefinition definition() {
		return new LandedDefinitionReader(this.config).load("keysteward.sources[0].definition", "x");
	}

	KeySource load(LandedSystem system) {
		return load(system, "keysteward_landing", null);
	}

	KeySource load(LandedSystem system, String role, @Nullable DataSize most) {
		return landing(role, most).source("x", definition(), system, Duration.ofMinutes(1), Map.of());
	}

	Landing landing(String role, @Nullable DataSize most) {
		TestDatabase login = this.database.as(role);
		return new Landing(
				new LandingSettings(new SourceSettings.Datasource(null, login.username(), login.password()),
						(most != null) ? most : TestSettings.of(LandingSettings.class).maxSize()),
				this.database.url(), this.database.username());
	}

	LandedKeys keys() {
		return landing("keysteward_landing", null).keys("x", definition(), Duration.ofMinutes(1));
	}

	List<KeyRecord> keys(LandedSystem system) {
		try (KeySnapshot reading = load(system).open(Set.of())) {
			List<KeyRecord> keys = new ArrayList<>();
			for (List<KeyRecord> block = reading.next(1000); !block.isEmpty(); block = reading.next(1000)) {
				keys.addAll(block);
			}
			return keys;
		}
	}

	String failure(LandedSystem system) {
		return failure(() -> keys(system));
	}

	String failure(Runnable action) {
		Failure failure = catchThrowableOfType(Failure.class, action::run);
		return (failure == null) ? "no failure"
				: failure.kind() + " " + failure.line().replace(this.config.toString().replace('\\', '/'), "config");
	}

}
