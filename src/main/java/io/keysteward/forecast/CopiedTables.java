package io.keysteward.forecast;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Copies rows from table to table: all that runs start from, in one snapshot.
 */
final class CopiedTables {

	/**
	 * Not copied: what belongs to processes, what names files of real reports, and what
	 * other rehearsals have foretold.
	 */
	private static final Set<String> LEFT_OUT = Set.of("flyway_schema_history", "lock_holder", "run_report",
			"rehearsal", "rehearsal_step");

	private final JdbcClient jdbc;

	private final TransactionTemplate snapshot;

	private final Runnable requireNoRun;

	/**
	 * Prepares to copy.
	 * @param requireNoRun fails while a run is under way, which may have started while
	 * the copy's tables were being made
	 */
	CopiedTables(DataSource governance, Runnable requireNoRun) {
		this.requireNoRun = requireNoRun;
		this.jdbc = JdbcClient.create(governance);
		this.snapshot = new TransactionTemplate(new JdbcTransactionManager(governance));
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
	}

	void copy() {
		this.snapshot.executeWithoutResult((status) -> {
			this.requireNoRun.run();
			ordered().forEach(this::copy);
			sequences();
		});
		this.jdbc.sql("ANALYZE keysteward_rehearsal.key_record").update();
	}

	private void copy(String table) {
		// Some have a row from the day on which they were made.
		this.jdbc.sql("DELETE FROM keysteward_rehearsal." + table).update();
		String columns = this.jdbc.sql("""
				SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
				WHERE attrelid = (:schema || '.' || quote_ident(:table))::regclass AND attnum > 0 AND NOT attisdropped
				  AND attgenerated = ''
				""").param("schema", StateCopy.SCHEMA).param("table", table).query(String.class).single();
		this.jdbc
			.sql("INSERT INTO keysteward_rehearsal." + table + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT "
					+ columns + " FROM keysteward." + table)
			.update();
		this.jdbc.sql("ANALYZE keysteward_rehearsal." + table).update();
	}

	/**
	 * {@return the tables, each after those that it refers to}
	 */
	private List<String> ordered() {
		List<String> tables = this.jdbc.sql("""
				SELECT relname FROM pg_class
				WHERE relnamespace = to_regnamespace(:schema) AND relkind = 'r' AND relname NOT LIKE 'batch\\_%'
				  AND relname <> ALL (:leftOut::text[])
				ORDER BY relname
				""")
			.param("schema", StateCopy.SCHEMA)
			.param("leftOut", LEFT_OUT.toArray(String[]::new))
			.query(String.class)
			.list();
		List<Reference> references = this.jdbc.sql("""
				SELECT f.relname AS "from", t.relname AS "to" FROM pg_constraint c
				JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
				WHERE c.contype = 'f' AND c.connamespace = to_regnamespace(:schema) AND c.conrelid <> c.confrelid
				""").param("schema", StateCopy.SCHEMA).query(Reference.class).list();
		Set<String> ordered = new LinkedHashSet<>();
		while (ordered.size() < tables.size()) {
			boolean more = ordered.addAll(tables.stream()
				.filter((table) -> references.stream()
					.filter((reference) -> reference.from().equals(table))
					.allMatch((reference) -> ordered.contains(reference.to()) || LEFT_OUT.contains(reference.to())))
				.toList());
			if (!more) {
				throw new IllegalStateException("Tables refer to each other in a circle: " + tables);
			}
		}
		return List.copyOf(ordered);
	}

	/** What is new gets numbers that nothing old has. */
	private void sequences() {
		this.jdbc
			.sql("""
					SELECT setval((:schema || '.' || quote_ident(c.sequencename))::regclass, s.last_value)
					FROM pg_sequences c JOIN pg_sequences s ON s.sequencename = c.sequencename AND s.schemaname = 'keysteward'
					WHERE c.schemaname = :schema AND s.last_value IS NOT NULL AND c.sequencename NOT LIKE 'batch\\_%'
					""")
			.param("schema", StateCopy.SCHEMA)
			.query()
			.listOfRows();
	}

	/**
	 * A foreign key.
	 */
	private record Reference(String from, String to) {
	}

}
