package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.keysteward.source.definition.Definition;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;

/**
 * The rows that a transaction has touched so far, triggers included, by PostgreSQL's own
 * count. A rollback to a savepoint does not reduce the counts.
 *
 * @param tables the rows by table
 * @param emptied tables with a lock that only {@code TRUNCATE}, {@code DROP} and
 * {@code ALTER} take; their rows are not counted
 */
record TouchedRows(Map<String, Rows> tables, List<String> emptied) {

	private static final String ROWS = """
			SELECT relname, n_tup_upd, n_tup_del, current_setting('track_counts')::boolean AS counted
			FROM (SELECT quote_ident(schemaname) || '.' || quote_ident(relname) AS relname, n_tup_upd, n_tup_del
			      FROM pg_stat_xact_user_tables WHERE n_tup_upd + n_tup_del > 0
			      UNION ALL SELECT '', 0, 0) AS touched
			""";

	private static final String EMPTIED = """
			SELECT coalesce(c.oid::regclass::text, 'a table that is gone')
			FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation
			WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
			  AND (c.oid IS NULL OR c.relkind IN ('r', 'p') AND c.relpersistence <> 't')
			""";

	/**
	 * {@return the rows touched so far}
	 * @throws Failure where the server does not count rows
	 */
	static TouchedRows read(SwitchTransaction transaction) {
		try (Statement statement = transaction.statement()) {
			return new TouchedRows(rows(statement), emptied(statement));
		}
		catch (SQLException ex) {
			throw transaction.faults().running(ex, "pg_stat_xact_user_tables", 0);
		}
	}

	private static Map<String, Rows> rows(Statement statement) throws SQLException {
		Map<String, Rows> tables = new TreeMap<>();
		try (ResultSet row = statement.executeQuery(ROWS)) {
			while (row.next()) {
				if (!row.getBoolean("counted")) {
					throw Failure.configuration("track_counts is off in the source's database, so nobody can tell what"
							+ " disable.sql changes there; set it to on, as it is by default");
				}
				tables.put(row.getString("relname"), new Rows(row.getLong("n_tup_upd"), row.getLong("n_tup_del")));
			}
		}
		tables.remove("");
		return tables;
	}

	private static List<String> emptied(Statement statement) throws SQLException {
		List<String> tables = new ArrayList<>();
		try (ResultSet row = statement.executeQuery(EMPTIED)) {
			while (row.next()) {
				tables.add(row.getString(1));
			}
		}
		return tables;
	}

	/**
	 * {@return the rows touched since}
	 */
	TouchedRows since(TouchedRows before) {
		Map<String, Rows> since = new TreeMap<>();
		this.tables.forEach((table, rows) -> {
			Rows more = rows.minus(before.tables.getOrDefault(table, Rows.NONE));
			if (!more.equals(Rows.NONE)) {
				since.put(table, more);
			}
		});
		return new TouchedRows(since,
				this.emptied.stream().filter((table) -> !before.emptied.contains(table)).toList());
	}

	/**
	 * Refuses a statement that touches more than one key needs.
	 * @param file the statement's file for messages
	 * @param rows the most rows to update for one key; 0: an insert alone may do
	 */
	void requireOneKey(String file, int rows) {
		if (!this.emptied.isEmpty()) {
			throw Failure.configuration(file + ": empties, drops or alters " + String.join(", ", this.emptied)
					+ "; it was rolled back: Keysteward only switches keys off and on");
		}
		long deleted = count(Rows::deleted);
		if (deleted > 0) {
			throw Failure.configuration(file + ": deletes " + Plural.of(deleted, "row") + " (" + named(Rows::deleted)
					+ "); it was rolled back: Keysteward never deletes, so let it UPDATE (a row that an UPDATE moves to"
					+ " another partition is deleted, too)");
		}
		long updated = count(Rows::updated);
		if (updated < Math.min(1, rows)) {
			throw Failure
				.configuration(file + ": updates no row that PostgreSQL counts; it was rolled back: correct it,"
						+ " or, if one key is switched by an INSERT alone, say disable.rows: 0 in " + Definition.YAML);
		}
		int most = Math.max(1, rows);
		if (updated > most) {
			throw Failure.configuration(file + ": updates " + Plural.of(updated, "row") + " (" + named(Rows::updated)
					+ ") for one key, triggers included, and at most " + most
					+ " may be; it was rolled back: correct it, or, if one key takes so many, say disable.rows: "
					+ updated + " in " + Definition.YAML);
		}
	}

	private long count(ToLongFunction<Rows> number) {
		return this.tables.values().stream().mapToLong(number).sum();
	}

	private String named(ToLongFunction<Rows> number) {
		return this.tables.entrySet()
			.stream()
			.filter((table) -> number.applyAsLong(table.getValue()) > 0)
			.map((table) -> table.getKey() + ": " + number.applyAsLong(table.getValue()))
			.collect(Collectors.joining(", "));
	}

	/**
	 * The rows of one table.
	 *
	 * @param updated the number of updated rows
	 * @param deleted the number of deleted rows
	 */
	record Rows(long updated, long deleted) {

		static final Rows NONE = new Rows(0, 0);

		Rows minus(Rows other) {
			return new Rows(this.updated - other.updated, this.deleted - other.deleted);
		}

	}

}
