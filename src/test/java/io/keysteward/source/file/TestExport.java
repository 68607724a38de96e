package io.keysteward.source.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A folder with exports and their definition, for tests.
 *
 * @param config the configuration directory, with a definition {@code x}
 * @param exports the folder with the exports
 */
record TestExport(Path config, Path exports) {

	static final TestDatabase DATABASE = TestDatabase.migrated().kept();

	static TestExport create(String yaml, String select) {
		try {
			Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "files");
			Path folder = Files.createDirectories(directory.resolve("config/sources/x"));
			Files.writeString(folder.resolve("source.yaml"), yaml);
			Files.writeString(folder.resolve("select.sql"), select);
			return new TestExport(directory.resolve("config"), Files.createDirectories(directory.resolve("exports")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Puts an export there that is an hour old. */
	TestExport put(String name, String text) {
		return put(name, text, StandardCharsets.UTF_8);
	}

	TestExport put(String name, String text, Charset encoding) {
		return put(name, text.getBytes(encoding));
	}

	TestExport put(String name, byte[] content) {
		try {
			Files.write(this.exports.resolve(name), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return changed(name, Instant.now().minus(Duration.ofHours(1)));
	}

	TestExport changed(String name, Instant at) {
		try {
			Files.setLastModifiedTime(this.exports.resolve(name), FileTime.from(at));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	KeySource newest(String pattern) {
		return load(this.exports.toString(), pattern, null);
	}

	KeySource file(String name) {
		return load(this.exports.resolve(name).toString(), null, null);
	}

	KeySource load(String path, @Nullable String newestOf, @Nullable String encoding) {
		return load(new SourceSettings.Files(path, newestOf, Duration.ofHours(36), encoding));
	}

	KeySource load(SourceSettings.Files files) {
		return load(files, landing());
	}

	KeySource load(SourceSettings.Files files, Landing landing) {
		return new SourceRegistry(List.of(new FilesKind(this.config, landing, Clock.systemUTC())),
				List.of(new SourceSettings("x", null, null, files, null, null, null)))
			.all()
			.get(0);
	}

	static Landing landing() {
		TestDatabase role = DATABASE.as("keysteward_landing");
		return new Landing(new LandingSettings(new SourceSettings.Datasource(null, role.username(), role.password()),
				TestSettings.of(LandingSettings.class).maxSize()), DATABASE.url(), DATABASE.username());
	}

	static List<KeyRecord> keys(KeySource source) {
		try (KeySnapshot reading = source.open(Set.of())) {
			return all(reading);
		}
	}

	static List<KeyRecord> all(KeySnapshot reading) {
		List<KeyRecord> keys = new ArrayList<>();
		for (List<KeyRecord> block = reading.next(1000); !block.isEmpty(); block = reading.next(1000)) {
			keys.addAll(block);
		}
		return keys;
	}

	/**
	 * {@return the kind and the line of the failure, without the paths of folders}
	 */
	String failure(Runnable action) {
		Failure failure = catchThrowableOfType(Failure.class, action::run);
		if (failure == null) {
			return "no failure";
		}
		return failure.kind() + " "
				+ failure.line()
					.replace(this.exports.toString().replace('\\', '/') + "/", "")
					.replace(this.exports.toString().replace('\\', '/'), "exports")
					.replace(this.config.toString().replace('\\', '/'), "config");
	}

	String failure(KeySource source) {
		return failure(() -> keys(source));
	}

}
