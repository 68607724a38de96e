package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One connection with one transaction, in which rows are landed and keys are selected
 * from them. The transaction is never committed, and the connection is not reused.
 */
public final class LandingSession implements AutoCloseable {

	private static final String TEMPORARY = "pg_temp.";

	private static final String KEPT = "pg_temp.\"keysteward kept\"";

	private static final String UNKNOWN = "pg_temp.\"keysteward unknown\"";

	private final String source;

	private final SqlDefinition definition;

	private final ReadTransaction transaction;

	private final SqlErrorTranslator faults;

	private boolean kept;

	private LandingSession(String source, SqlDefinition definition, ReadTransaction transaction,
			SqlErrorTranslator faults) {
		this.source = source;
		this.definition = definition;
		this.transaction = transaction;
		this.faults = faults;
	}

	/**
	 * {@return a new session}
	 * @param datasource the database, and the role that lands
	 * @param settings the prefix of these settings, for messages
	 * @param timeout the time limit of one statement
	 */
	public static LandingSession connect(String source, LandedSelect select, SourceSettings.Datasource datasource,
			String settings, Duration timeout) {
		SqlErrorTranslator faults = SqlErrorTranslator.ofLanded(source, select.definition(), datasource, settings);
		try {
			ReadTransaction transaction = ReadTransaction.beginLanding(Connector.connect(datasource, timeout), timeout,
					faults);
			LandingSession session = new LandingSession(source, select.definition(), transaction, faults);
			session.begin();
			return session;
		}
		catch (SQLException ex) {
			throw faults.connecting(ex);
		}
	}

	/**
	 * Whatever a landed table is called, the catalogue comes first. A system may take
	 * long between two of its pages. Of 03/11/2026 nobody can tell the month: in this
	 * order it is refused, and not read as one of the two.
	 */
	private void begin() {
		try {
			this.transaction.set("search_path", "pg_catalog, pg_temp");
			this.transaction.set("datestyle", "ISO, YMD");
			this.transaction.set("standard_conforming_strings", "on");
			this.transaction.set("temp_buffers", "64MB");
			this.transaction.set("idle_in_transaction_session_timeout", "0");
			this.transaction.set("client_min_messages", "error");
		}
		catch (SQLException ex) {
			close();
			throw this.faults.connecting(ex);
		}
	}

	/**
	 * {@return the connection, to create tables}
	 */
	public Connection connection() {
		return this.transaction.connection();
	}

	/**
	 * {@return the failure of landing rows}
	 * @param where the table, for messages
	 */
	public Failure landing(SQLException ex, String where) {
		return this.faults.running(ex, where, 0);
	}

	/**
	 * {@return the failure of connecting}
	 */
	public Failure connecting(SQLException ex) {
		return this.faults.connecting(ex);
	}

	/**
	 * {@return the source's declarations, evaluated on the current tables}
	 */
	public SourceTraits traits() {
		return DefinitionMatch.match(this.definition, this.transaction).traits(this.source, this.definition);
	}

	/**
	 * Keeps the last uses that the keys have by the tables as they are, so that
	 * {@link #compareUses} can tell which of them depend on values that rows lack.
	 * @return whether select.sql tells any
	 */
	public boolean keepUses() {
		if (!DefinitionMatch.matchRows(this.definition, this.transaction).columns().contains(KeyColumn.LAST_USED_AT)) {
			return false;
		}
		execute("CREATE TEMPORARY TABLE " + KEPT.substring(TEMPORARY.length()) + """
				 AS
				SELECT s."key_id"::text AS key_id, s."last_used_at" AS last_used_at FROM (
				%s
				) AS s
				""".formatted(this.definition.select()));
		execute("ANALYZE " + KEPT);
		execute("CREATE TEMPORARY TABLE " + UNKNOWN.substring(TEMPORARY.length()) + " (key_id text)");
		this.kept = true;
		return true;
	}

	/**
	 * Notes the keys of which the last use is another one by the tables as they are now
	 * than the one that was kept: {@link #read} takes it for unknown.
	 */
	public void compareUses() {
		execute("""
				INSERT INTO %s
				SELECT k.key_id FROM %s AS k JOIN (
				%s
				) AS s ON s."key_id"::text = k.key_id WHERE s."last_used_at" IS DISTINCT FROM k.last_used_at
				""".formatted(UNKNOWN, KEPT, this.definition.select()));
	}

	private void execute(String sql) {
		try (Statement statement = this.transaction.statement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw this.faults.running(ex, this.definition.file(SqlDefinition.SELECT), 0);
		}
	}

	/**
	 * {@return the keys, in a reading that now owns the session}
	 * @param projects the projects whose keys are read; empty: all
	 * @param origin the rows' origin
	 */
	public KeySnapshot read(Set<String> projects, LandedOrigin origin) {
		DefinitionMatch fit = DefinitionMatch.match(this.definition, this.transaction);
		fit.requireNarrowable(this.source, this.definition, projects);
		SqlDefinition marked = this.kept ? this.definition.withSelect(marked(fit)) : this.definition;
		seal();
		return SqlKeySnapshot.ofLanded(this.transaction, fit.traits(this.source, this.definition),
				new ResultRows(this.source, this.definition, fit, this.kept),
				new Columns(marked).select(fit, !projects.isEmpty()), projects, origin, this.faults);
	}

	/**
	 * {@return the statement that shows keys of unknown last use with the last use
	 * -infinity}
	 */
	private String marked(DefinitionMatch fit) {
		execute("ANALYZE " + UNKNOWN);
		StringBuilder select = new StringBuilder("SELECT ");
		for (KeyColumn column : fit.columns()) {
			String name = "k.\"" + column.columnName() + "\"";
			select
				.append((column != KeyColumn.LAST_USED_AT) ? name
						: "CASE WHEN u.key_id IS NULL THEN " + name + " ELSE '-infinity' END AS \""
								+ column.columnName() + "\"")
				.append(", ");
		}
		select.setLength(select.length() - 2);
		return select + " FROM (\n" + this.definition.select() + "\n) AS k LEFT JOIN (SELECT DISTINCT key_id FROM "
				+ UNKNOWN + ") AS u ON u.key_id = k.\"key_id\"::text";
	}

	/**
	 * {@return the key as select.sql shows it on the current tables; null: it does not}
	 */
	public @Nullable KeyRecord find(String keyId) {
		return KeyLookup.prepare(this.source, this.definition, this.transaction, keyId).find();
	}

	/**
	 * {@return whether the other keys are on, by the current tables}
	 */
	public OtherKeys others(String keyId) {
		return KeyLookup.prepare(this.source, this.definition, this.transaction, keyId).others();
	}

	/** Makes the transaction read-only, whatever select.sql calls. */
	public void seal() {
		try {
			this.transaction.seal();
		}
		catch (SQLException ex) {
			throw this.faults.connecting(ex);
		}
	}

	/** Rolls back, and ends the connection. */
	@Override
	public void close() {
		this.transaction.close();
	}

}
