package io.keysteward.config;

import java.util.List;

import io.keysteward.text.Failure;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks that Keysteward's tables have their triggers, and that the job's role has the
 * rights that it needs.
 */
final class TablesCheck {

	/**
	 * Keysteward's tables without Flyway's. A role of the schema's name creates its own
	 * tables there by mistake.
	 */
	private static final String TABLES = """
			WITH all_tables AS (
			  SELECT c.oid, c.relname,
			         c.relname LIKE 'batch\\_%' OR c.relname = ANY ('{run,run_source,run_exemption,run_hold,run_report,
			             key_record,key_record_now,key_record_before,key_block,key_use_before,key_use_gap,key_use_gap_read,key_action,finding_row,finding_event,notice,notice_key,lock_holder,
			             key_denied,key_denied_read,judged_names,decision,decision_file,installation,rehearsal,rehearsal_step}') AS own
			  FROM pg_class c
			  WHERE c.relnamespace = 'keysteward'::regnamespace AND c.relkind IN ('r', 'p')
			    AND c.relname <> 'flyway_schema_history'),
			tables AS (SELECT oid, relname FROM all_tables WHERE own)
			""";

	private static final String OTHER_TABLES = TABLES + "SELECT relname FROM all_tables WHERE NOT own ORDER BY relname";

	private static final String MISSING_RIGHTS = TABLES + """
			SELECT wanted.privilege || ' on ' || t.relname AS missing
			FROM tables t CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS wanted (privilege)
			WHERE NOT has_table_privilege(t.oid, wanted.privilege)
			UNION ALL
			SELECT 'USAGE on sequence ' || s.relname FROM pg_class s
			WHERE s.relnamespace = 'keysteward'::regnamespace
			  AND CASE s.relkind WHEN 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE') ELSE false END
			UNION ALL
			SELECT 'EXECUTE on function ' || f.proname FROM pg_proc f
			WHERE f.pronamespace = 'keysteward'::regnamespace AND NOT has_function_privilege(f.oid, 'EXECUTE')
			ORDER BY missing
			""";

	private static final String MISSING_TRIGGERS = TABLES + """
			, wanted AS (
			  SELECT oid, relname, 'require_lock' AS name FROM tables WHERE relname <> 'lock_holder'
			  UNION ALL
			  SELECT oid, relname, kept.name
			  FROM tables CROSS JOIN unnest(ARRAY['keep_key_action', 'keep_key_actions']) AS kept (name)
			  WHERE relname = 'key_action')
			SELECT w.name || ' of ' || w.relname || CASE WHEN t.tgname IS NULL THEN '' ELSE ' (switched off)' END
			FROM wanted w LEFT JOIN pg_trigger t ON t.tgrelid = w.oid AND t.tgname = w.name
			WHERE t.tgname IS NULL OR t.tgenabled NOT IN ('O', 'A')
			ORDER BY w.relname, w.name
			""";

	private static final String OTHER_TRIGGERS = TABLES + """
			SELECT g.tgname || ' of ' || t.relname FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid
			WHERE NOT g.tgisinternal AND g.tgname NOT IN ('require_lock', 'keep_key_action', 'keep_key_actions')
			ORDER BY t.relname, g.tgname
			""";

	private static final int MOST = 5;

	private final JdbcClient jdbc;

	TablesCheck(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Refuses a table, sequence or function that the role may not use.
	 */
	void requireRights() {
		List<String> missing = this.jdbc.sql(MISSING_RIGHTS).query(String.class).list();
		if (!missing.isEmpty()) {
			throw Failure.configuration("spring.datasource.username: this role lacks in schema keysteward: "
					+ some(missing) + "; run config/sql/roles.sql once more, as the comment at its top says");
		}
	}

	/**
	 * Refuses tables without the triggers that fence off a process without the lock, and
	 * that protect the record of actions.
	 */
	void requireTriggers() {
		List<String> missing = this.jdbc.sql(MISSING_TRIGGERS).query(String.class).list();
		if (!missing.isEmpty()) {
			throw Failure.person("spring.datasource.url: the tables in schema keysteward lack triggers: "
					+ some(missing) + "; without them a record of what was done to a key can be changed, and two runs"
					+ " can write at once. Find out who took them away; restore the schema from the backup, or switch"
					+ " them on again with ALTER TABLE … ENABLE TRIGGER …");
		}
	}

	/**
	 * {@return the tables in the schema that are not Keysteward's}
	 */
	List<String> otherTables() {
		return this.jdbc.sql(OTHER_TABLES).query(String.class).list();
	}

	/**
	 * {@return the triggers on the tables that are not Keysteward's, such as
	 * {@code audit of finding}}
	 */
	List<String> otherTriggers() {
		return this.jdbc.sql(OTHER_TRIGGERS).query(String.class).list();
	}

	private static String some(List<String> all) {
		String first = String.join(", ", all.subList(0, Math.min(MOST, all.size())));
		return (all.size() > MOST) ? first + " and " + (all.size() - MOST) + " more" : first;
	}

}
