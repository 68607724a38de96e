package io.keysteward.config;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import org.springframework.context.ApplicationContext;

/**
 * The tables as this version knows them. Those that a newer one has made, or that were
 * made by other statements, are not read, and not written: what this version does not
 * know of them may be what keeps a key from being disabled.
 */
public final class KnownTables {

	private KnownTables() {
	}

	/**
	 * Refuses unknown tables, as whoever migrates does too, without changing anything.
	 * Tables that are older, or not there yet, are not a matter of this.
	 */
	public static void require(ApplicationContext context) {
		Flyway.configure()
			.dataSource(context.getBean(DataSource.class))
			.schemas("keysteward")
			.defaultSchema("keysteward")
			.ignoreMigrationPatterns("*:pending")
			.load()
			.validate();
	}

	/** Whatever is configured. */
	static void strict(FluentConfiguration flyway) {
		flyway.validateOnMigrate(true).ignoreMigrationPatterns(new String[0]);
	}

}
