package io.keysteward.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.util.FileSystemUtils;

/**
 * Writes the demo's configuration as a folder like any other, so that it can be looked at
 * and copied: the repository's own definitions, and the one made for the payment
 * platform.
 */
final class DemoConfiguration {

	private static final Path DEFINITIONS = Path.of("config", "sources");

	private static final List<String> OWN = List.of("sources/payments/source.yaml", "sources/payments/select.sql",
			"sources/payments/grants.sql", "owners.yaml");

	private final Path config;

	/**
	 * A configuration folder.
	 * @param directory where the demo writes; the folder {@code config} in it
	 */
	DemoConfiguration(Path directory) {
		this.config = directory.resolve("config");
	}

	void write(DemoServer server, int mailPort, Instant now) {
		try {
			FileSystemUtils.copyRecursively(DEFINITIONS, this.config.resolve("sources"));
			for (String name : OWN) {
				put(name, resource(name));
			}
			put("exemptions.yaml",
					resource("exemptions.yaml").replace("{in-20-days}", day(now, 20))
						.replace("{in-40-days}", day(now, 40))
						.replace("{100-days-ago}", day(now, -100)));
			put("application.yaml",
					resource("application.yaml").replace("{directory}", slashed(this.config.resolveSibling("")))
						.replace("{governance}", withStoryClock(server.url(DemoServer.GOVERNANCE)))
						.replace("{console}", withStoryClock(server.url(DemoServer.CONSOLE)))
						.replace("{payments}", withStoryClock(server.url(DemoServer.PAYMENTS)))
						.replace("{mail-port}", String.valueOf(mailPort)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * {@return where the repository's definition of a console lies in this folder}
	 */
	Path consoleDefinition() {
		return this.config.resolve("sources").resolve("api-key-records");
	}

	/**
	 * {@return the properties that make this folder the only configuration, and four runs
	 * less talkative than one by night}
	 */
	Map<String, String> properties() {
		return Map.of("spring.config.location",
				"classpath:/application.yaml,file:" + slashed(this.config.resolve("application.yaml")),
				"logging.level.io.keysteward", "warn");
	}

	/** Makes the database use the story's time. */
	private static String withStoryClock(String url) {
		return url + "?options=-c%20search_path=public,pg_catalog";
	}

	private static String day(Instant now, long days) {
		return LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(days).toString();
	}

	private void put(String name, String content) throws IOException {
		Path file = this.config.resolve(name);
		Files.createDirectories(file.resolveSibling(""));
		Files.writeString(file, content);
	}

	private static String resource(String name) throws IOException {
		try (InputStream content = DemoConfiguration.class.getResourceAsStream("/demo/config/" + name)) {
			return new String(Objects.requireNonNull(content, name).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static String slashed(Path path) {
		return path.toString().replace('\\', '/');
	}

}
