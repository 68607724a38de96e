package io.keysteward.source.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

/**
 * Finds a statement's tables, and whether they have snapshots and rollback.
 */
final class MySqlTables {

	/** A table's name with its schema; a column's name has a third part. */
	private static final Pattern TABLE = Pattern.compile("(?<![`.])`((?:[^`]|``)+)`\\.`((?:[^`]|``)+)`(?!\\.)");

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+");

	/** The note with the SELECT as the server interprets it. */
	private static final int INTERPRETED = 1003;

	private MySqlTables() {
	}

	/**
	 * {@return a SELECT as the server interprets it, with each table's schema and
	 * resolved views; if the server does not show it, the SELECT itself}
	 */
	static String interpreted(Statement statement, String select) {
		String limited = "SELECT s.* FROM (\n" + select + "\n) s LIMIT 0";
		for (String explain : List.of("EXPLAIN EXTENDED ", "EXPLAIN ")) {
			try {
				statement.executeQuery(explain + limited).close();
				try (ResultSet row = statement.executeQuery("SHOW WARNINGS")) {
					while (row.next()) {
						if (row.getInt(2) == INTERPRETED) {
							return row.getString(3);
						}
					}
				}
			}
			catch (SQLException ex) {
				// MySQL no longer has EXTENDED, and some users may not read a view's
				// definition.
				continue;
			}
		}
		return select;
	}

	/**
	 * Refuses a statement on tables without snapshots and rollback.
	 */
	static void requireTransactional(Statement statement, StatementText text) throws SQLException {
		List<Table> others = withoutTransactions(statement);
		if (others.isEmpty()) {
			return;
		}
		Set<String> named = text.parameters().isEmpty() ? tables(interpreted(statement, text.sql())) : Set.of();
		Set<String> words = words(text.sql());
		for (Table table : others) {
			if (named.isEmpty() ? table.isAmong(words) : named.contains(table.schema + "." + table.name)) {
				throw Failure.configuration(text.file() + ": table " + SafeText.visible(table.name) + " has the engine "
						+ SafeText.visible(table.engine) + ", which has no snapshots and no rollback; convert it"
						+ " (ALTER TABLE … ENGINE=InnoDB), or leave it out");
			}
		}
	}

	/** Tables without transactions, as far as this user may see them. */
	private static List<Table> withoutTransactions(Statement statement) throws SQLException {
		List<Table> tables = new ArrayList<>();
		try (ResultSet row = statement.executeQuery("""
				SELECT t.table_schema, t.table_name, t.engine, t.table_schema <=> DATABASE()
				FROM information_schema.tables t JOIN information_schema.engines e ON e.engine = t.engine
				WHERE t.table_type = 'BASE TABLE' AND (e.transactions IS NULL OR e.transactions <> 'YES')
				  AND t.table_schema NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')
				""")) {
			while (row.next()) {
				tables.add(new Table(row.getString(1), row.getString(2), row.getString(3), row.getInt(4) == 1));
			}
		}
		return tables;
	}

	private static Set<String> tables(String select) {
		Set<String> tables = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		Matcher table = TABLE.matcher(select);
		while (table.find()) {
			tables.add((table.group(1) + "." + table.group(2)).toLowerCase(Locale.ROOT));
		}
		return tables;
	}

	private static Set<String> words(String sql) {
		Set<String> words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		Matcher word = WORD.matcher(sql);
		while (word.find()) {
			words.add(word.group());
		}
		return words;
	}

	/**
	 * A table.
	 *
	 * @param schema its schema
	 * @param name its name
	 * @param engine its storage engine
	 * @param inDefaultSchema whether it is in the default schema
	 */
	private record Table(String schema, String name, String engine, boolean inDefaultSchema) {

		private boolean isAmong(Set<String> words) {
			return words.contains(this.name) && (this.inDefaultSchema || words.contains(this.schema));
		}

	}

}
