package io.keysteward.config;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import org.springframework.context.ApplicationContext;

/**
 * Refuses tables that a newer version or other statements have made: what this version
 * does not know of them may be what protects a key.
 */
public final class KnownTables {

	private KnownTables() {
	}

	/**
	 * Refuses unknown tables, as a migration does too, but changes nothing. Older or
	 * missing tables pass.
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

	/**
	 * Migrates only what is pending: Flyway's own lock has a known number, so whoever may
	 * connect to the database could hold it and block each start.
	 */
	static void migrate(Flyway flyway) {
		// A pending migration is not valid either, so a usual start validates and does no
		// more.
		if (flyway.validateWithResult().validationSuccessful) {
			return;
		}
		if (flyway.info().pending().length > 0) {
			flyway.migrate();
		}
		else {
			flyway.validate();
		}
	}

	/** Overrides the configuration. */
	static void strict(FluentConfiguration flyway) {
		flyway.validateOnMigrate(true).ignoreMigrationPatterns(new String[0]);
	}

}
