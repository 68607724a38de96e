package io.keysteward.config;

import java.util.List;

import io.keysteward.lock.RunLocks;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The governance database answers, is new enough, and has sound tables.
 */
final class DatabaseCheck implements ReadinessCheck {

	private final ApplicationContext context;

	private final JdbcClient jdbc;

	private final ObjectProvider<RunLocks> locks;

	DatabaseCheck(ApplicationContext context, JdbcClient jdbc, ObjectProvider<RunLocks> locks) {
		this.context = context;
		this.jdbc = jdbc;
		this.locks = locks;
	}

	@Override
	public String check(Trial trial) {
		String version = this.jdbc.sql("SHOW server_version").query(String.class).single();
		int number = this.jdbc.sql("SELECT current_setting('server_version_num')::int").query(Integer.class).single();
		if (number < 140_000) {
			throw Failure
				.configuration("spring.datasource.url: PostgreSQL " + version + " is too old; 14 or later is needed");
		}
		boolean there = this.jdbc.sql("SELECT to_regclass('keysteward.run') IS NOT NULL").query(Boolean.class).single();
		if (this.jdbc.sql("SELECT current_setting('transaction_read_only')::boolean").query(Boolean.class).single()) {
			throw RunLocks.takesNoWrites(null, null);
		}
		this.locks.getObject().requireSessions();
		if (there) {
			KnownTables.require(this.context);
			requireTables(trial, new TablesCheck(this.jdbc));
			trial.tablesAreThere();
			return "PostgreSQL " + version + ", tables are there" + idleTimeout();
		}
		requireMayCreate();
		return "PostgreSQL " + version + ", no tables yet: the first run creates them" + idleTimeout();
	}

	/** An operator who has set it wants to know whether a run survives it. */
	private String idleTimeout() {
		String timeout = this.jdbc.sql("SHOW idle_session_timeout").query(String.class).single();
		return timeout.equals("0") ? ""
				: "; idle_session_timeout is " + timeout + ", which a run's lock switches off for its own session";
	}

	private static void requireTables(Trial trial, TablesCheck tables) {
		tables.requireRights();
		tables.requireTriggers();
		List<String> strangers = tables.otherTables();
		if (!strangers.isEmpty()) {
			trial.warned(Trial.DATABASE, "schema keysteward has tables that are not Keysteward's: "
					+ SafeText.visible(String.join(", ", strangers))
					+ "; move them, such as by ALTER TABLE … SET SCHEMA public: a role of that name makes its tables there");
		}
		List<String> others = tables.otherTriggers();
		if (!others.isEmpty()) {
			trial.warned(Trial.DATABASE,
					"there are triggers on Keysteward's tables that are not its own: "
							+ SafeText.visible(String.join(", ", others))
							+ "; what they do can fail a run or change what it stores");
		}
	}

	/**
	 * Checks the role that will create the tables, which may be another one than this
	 * connection's.
	 */
	private void requireMayCreate() {
		String owner = this.context.getEnvironment().getProperty("spring.flyway.user", "");
		boolean may = this.jdbc.sql("""
				SELECT coalesce(bool_or(CASE WHEN to_regnamespace('keysteward') IS NULL
				                             THEN has_database_privilege(oid, current_database(), 'CREATE')
				                             ELSE has_schema_privilege(oid, 'keysteward', 'CREATE') END), false)
				FROM pg_roles WHERE rolname = coalesce(nullif(:owner, ''), current_user)
				""").param("owner", owner).query(Boolean.class).single();
		if (!may) {
			throw Failure.configuration((owner.isEmpty() ? "spring.datasource.username" : "spring.flyway.user")
					+ ": there are no tables yet, and this role may not create them; run config/sql/roles.sql, or make"
					+ " the role the owner of the database");
		}
	}

}
