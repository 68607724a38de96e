package io.keysteward.forecast;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

import io.keysteward.lock.RunLocks;
import io.keysteward.text.Failure;
import org.flywaydb.core.Flyway;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A copy of the tables in a schema of its own, which a rehearsal changes as runs change
 * the tables. It is dropped at the end; what a killed rehearsal has left, the next one
 * drops.
 */
final class StateCopy implements AutoCloseable {

	/** Whatever is dropped is in it, and nothing else ever is. */
	static final String SCHEMA = "keysteward_rehearsal";

	/** Any number that nobody else takes: "rehearse" in bytes. */
	private static final long LOCK = 0x7265686561727365L;

	/**
	 * No run of the real tables has such a token: their fence refuses it, should a
	 * statement ever go astray.
	 */
	private static final long FIRST_TOKEN = 1L << 62;

	private final DataSource governance;

	private final SingleConnectionDataSource session;

	private final JdbcClient jdbc;

	private StateCopy(DataSource governance, Connection session) {
		this.governance = governance;
		this.session = new SingleConnectionDataSource(session, true);
		this.jdbc = JdbcClient.create(governance);
	}

	/**
	 * {@return a copy of the tables as they are now}
	 * @throws Failure where there may be none, or while a run or a rehearsal is under way
	 */
	static StateCopy take(DataSource governance) throws SQLException {
		StateCopy copy = new StateCopy(governance, governance.getConnection());
		try {
			copy.lock();
			copy.requireRights();
			copy.requireNoRun();
		}
		catch (RuntimeException ex) {
			copy.release();
			throw ex;
		}
		try {
			copy.make();
			return copy;
		}
		catch (RuntimeException ex) {
			copy.closeAfter(ex);
			throw ex;
		}
	}

	/**
	 * {@return the names of everything that it has}
	 */
	List<String> names() {
		return this.jdbc
			.sql("""
					SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(:schema) AND relkind IN ('r', 'p', 'v', 'S')
					UNION SELECT proname FROM pg_proc WHERE pronamespace = to_regnamespace(:schema)
					""")
			.param("schema", SCHEMA)
			.query(String.class)
			.list();
	}

	/** Its clock shows this time now, and goes on from there. */
	void at(Instant now) {
		this.jdbc.sql("UPDATE keysteward_rehearsal.rehearsal_clock SET ahead = :now - pg_catalog.clock_timestamp()")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.update();
	}

	@Override
	public void close() {
		try {
			drop();
		}
		finally {
			release();
		}
	}

	private void make() {
		drop();
		flyway().migrate();
		requireSameTables();
		new CopiedTables(this.governance, this::requireNoRun).copy();
		prepare();
	}

	private void closeAfter(RuntimeException failure) {
		try {
			close();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	/** A pooled connection must not keep the lock. */
	private void release() {
		try {
			JdbcClient.create(this.session).sql("SELECT pg_advisory_unlock_all()").query().listOfRows();
		}
		catch (DataAccessException ex) {
			// The lock has ended with its connection.
		}
		finally {
			this.session.destroy();
		}
	}

	/**
	 * The session waits for hours while nights pass: the server must not end it for that.
	 */
	private void lock() {
		JdbcClient holder = JdbcClient.create(this.session);
		boolean ours = holder.sql("SELECT pg_try_advisory_lock(:lock)")
			.param("lock", LOCK)
			.query(Boolean.class)
			.single();
		if (!ours) {
			throw Failure
				.busy("another rehearsal is under way on this governance database; wait until it has ended, then start"
						+ " again");
		}
		holder.sql("SELECT length(set_config('idle_session_timeout', '0', false))").query().singleRow();
	}

	/** Between a run's steps the tables are no state that a night starts from. */
	private void requireNoRun() {
		boolean held = this.jdbc.sql("SELECT keysteward.is_held(:lock)")
			.param("lock", RunLocks.RUN)
			.query(Boolean.class)
			.single();
		if (held) {
			throw Failure.busy("a run is under way on this governance database; wait until it has ended (the command"
					+ " runs shows it), then start again");
		}
	}

	private void requireRights() {
		boolean allowed = this.jdbc
			.sql("""
					SELECT CASE WHEN to_regnamespace(:schema) IS NULL THEN has_database_privilege(current_database(), 'CREATE')
					            ELSE has_schema_privilege(:schema, 'CREATE') AND has_schema_privilege(:schema, 'USAGE') END
					""")
			.param("schema", SCHEMA)
			.query(Boolean.class)
			.single();
		if (!allowed) {
			throw Failure.configuration("spring.datasource.username: '"
					+ this.jdbc.sql("SELECT current_user").query(String.class).single()
					+ "' may not make tables in the schema " + SCHEMA + ", where a rehearsal keeps its copy; run"
					+ " config/sql/roles.sql once more, which allows it");
		}
		boolean foreign = this.jdbc.sql("""
				SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace(:schema))
				   AND to_regclass('keysteward_rehearsal.flyway_schema_history') IS NULL
				""").param("schema", SCHEMA).query(Boolean.class).single();
		if (foreign) {
			throw Failure.configuration("spring.datasource.url: the schema " + SCHEMA + " has tables that are not a"
					+ " rehearsal's, and a rehearsal would drop them; move them to another schema");
		}
	}

	private void requireSameTables() {
		boolean same = this.jdbc
			.sql("""
					SELECT (SELECT count(*) FROM keysteward.flyway_schema_history WHERE success AND version IS NOT NULL)
					     = (SELECT count(*) FROM keysteward_rehearsal.flyway_schema_history WHERE success AND version IS NOT NULL)
					""")
			.query(Boolean.class)
			.single();
		if (!same) {
			throw Failure.configuration("spring.datasource.url: the tables in schema keysteward are those of an earlier"
					+ " version; start a run first, which brings them up to date");
		}
	}

	private void prepare() {
		this.jdbc.sql("ALTER SEQUENCE keysteward_rehearsal.lock_token RESTART WITH " + FIRST_TOKEN).update();
		// Goes before the server's own, since a run's search path has this schema first.
		this.jdbc
			.sql("""
					CREATE TABLE keysteward_rehearsal.rehearsal_clock (ahead interval NOT NULL);
					INSERT INTO keysteward_rehearsal.rehearsal_clock VALUES (interval '0');
					CREATE FUNCTION keysteward_rehearsal.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
					'SELECT pg_catalog.clock_timestamp() + ahead FROM keysteward_rehearsal.rehearsal_clock';
					ALTER TABLE keysteward_rehearsal.run ALTER started_at SET DEFAULT keysteward_rehearsal.clock_timestamp();
					ALTER TABLE keysteward_rehearsal.notice ALTER created_at SET DEFAULT keysteward_rehearsal.clock_timestamp()
					""")
			.update();
	}

	private void drop() {
		flyway().clean();
	}

	private Flyway flyway() {
		return Flyway.configure()
			.dataSource(this.governance)
			.schemas(SCHEMA)
			.defaultSchema(SCHEMA)
			.cleanDisabled(false)
			.load();
	}

}
