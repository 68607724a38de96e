package io.keysteward.source.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

import io.keysteward.source.Place;
import org.jspecify.annotations.Nullable;

/**
 * The differences between foreign databases.
 */
interface Dialect {

	/**
	 * {@return the pattern of quoted texts and comments, whose semicolons do not count}
	 */
	Pattern quotedTexts();

	/**
	 * {@return whether the database has users}
	 */
	boolean hasUsers();

	/**
	 * {@return the driver's properties in addition to the URL}
	 * @param writing whether the connection may change something
	 * @param longest the longest that one statement may take
	 */
	Properties properties(boolean writing, Duration longest);

	/**
	 * Begins a read-only transaction that sees one state of the database.
	 */
	void beginSnapshot(Connection connection, Duration longest) throws SQLException;

	/**
	 * Begins a transaction that may change rows.
	 */
	void beginSwitch(Connection connection, Duration longest) throws SQLException;

	/**
	 * {@return a statement that reads row by row}
	 */
	Statement streaming(Connection connection, FoundDriver driver) throws SQLException;

	/**
	 * {@return the name of a column, quoted}
	 */
	String quoted(String column);

	/**
	 * {@return an expression by which the server makes a column a text; null: it cannot}
	 * @param column the column's quoted name
	 * @param jdbcType its type by {@link java.sql.Types}
	 */
	@Nullable String asText(String column, int jdbcType);

	/**
	 * {@return a condition that a column has exactly the parameter's characters; it uses
	 * the parameter twice}
	 */
	String isExactly(String column, int jdbcType);

	/**
	 * {@return a SELECT of the database's clock, in UTC, as
	 * {@code 2026-11-29 10:15:30.123456}}
	 */
	String now();

	/**
	 * {@return where the database is, by its own identity}
	 * @param selects the SELECTs of the definition's tables
	 */
	Place place(Connection connection, String address, List<String> selects) throws SQLException;

	/**
	 * Refuses tables without snapshots and rollback.
	 * @param statement the statement that uses them
	 */
	void requireTransactional(Connection connection, StatementText statement) throws SQLException;

	/**
	 * Refuses a change that could not be rolled back, by the warning of the rollback.
	 */
	void requireRolledBack(Statement statement, String file) throws SQLException;

	/**
	 * Claims a name until the connection ends, so that no other Keysteward switches keys
	 * under it.
	 * @return false: another connection has claimed it
	 */
	boolean claim(Connection connection, String name, Duration wait) throws SQLException;

	/**
	 * {@return what its errors mean}
	 */
	DatabaseFaults faults();

	/**
	 * {@return the dialect of a URL}
	 */
	static Dialect of(String url) {
		return url.startsWith(SqliteDialect.PREFIX) ? new SqliteDialect() : new MySqlDialect();
	}

}
