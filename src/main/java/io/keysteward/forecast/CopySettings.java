package io.keysteward.forecast;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.text.Failure;

import org.springframework.core.env.Environment;

/**
 * The settings of a rehearsal: the real ones, but for what would reach anybody or
 * anything, and for what has to be switched on for a night to do something.
 */
final class CopySettings {

	private static final String INITIAL_SQL = "spring.datasource.hikari.connection-init-sql";

	private static final String SENDER = "keysteward@rehearsal.invalid";

	private CopySettings() {
	}

	/**
	 * {@return the settings that differ}
	 * @param real the real ones
	 * @param policy the real policy, whose bounds are the defaults where none are written
	 * @param reports a folder for what the nights report
	 */
	static Map<String, String> of(Environment real, DisablePolicy policy, Path reports) {
		requireOwners(Path.of(real.getProperty("keysteward.config-directory", "config")).resolve("owners.yaml"));
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("spring.main.lazy-initialization", "true");
		settings.put("spring.flyway.enabled", "false");
		// This schema first: the copy's clock goes before the server's.
		settings.put(INITIAL_SQL, real.getProperty(INITIAL_SQL, "SELECT 1") + "; SET search_path = " + StateCopy.SCHEMA
				+ ", pg_catalog; SET synchronous_commit = off");
		settings.put("spring.datasource.hikari.pool-name", "rehearsal");
		settings.put("keysteward.disable.armed", "true");
		settings.put("keysteward.disable.max-keys", String.valueOf(policy.maxKeys()));
		settings.put("keysteward.disable.max-percent", String.valueOf(policy.maxPercent()));
		settings.put("keysteward.mail.warn-owners", "true");
		if (real.getProperty("keysteward.mail.from", "").isBlank()) {
			settings.put("keysteward.mail.from", SENDER);
		}
		if (!real.containsProperty("keysteward.mail.to[0]") && !real.containsProperty("keysteward.mail.to")) {
			settings.put("keysteward.mail.to", real.getProperty("keysteward.mail.from", SENDER));
		}
		// The workbook of a night that nobody reads takes longer than the night.
		settings.put("keysteward.report.formats", "ocsf");
		settings.put("keysteward.report.directory", reports.toString());
		settings.put("keysteward.report.keep", "never");
		settings.put("logging.level.io.keysteward", "error");
		return settings;
	}

	/** Where owners are not warned yet, nobody has needed it. */
	private static void requireOwners(Path file) {
		if (!Files.exists(file)) {
			throw Failure.configuration(file + ": is missing, and a rehearsal warns owners, as runs do with"
					+ " keysteward.mail.warn-owners=true; write 'owners: {}' into it if the sources name every owner");
		}
	}

}
