package io.keysteward.source.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.keysteward.source.Place;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * MySQL and its relatives: MariaDB, and OceanBase in MySQL mode.
 */
final class MySqlDialect implements Dialect {

	private static final Pattern TAKEN = Pattern.compile("jdbc:(?:mysql|mariadb|oceanbase)://.*");

	private static final Pattern HIDING = Pattern
		.compile("(?s)--(?=\\s|\\z)[^\\n]*|#[^\\n]*|/\\*.*?(?:\\*/|\\z)|'(?:[^'\\\\]|\\\\.|'')*+'?"
				+ "|\"(?:[^\"\\\\]|\\\\.|\"\")*+\"?|`[^`]*+`?");

	/** For MySQL's and OceanBase's drivers; MariaDB's needs a number of rows. */
	private static final int ROW_BY_ROW = Integer.MIN_VALUE;

	private static final int ROWS_AT_ONCE = 1000;

	private static final Duration CONNECT = Duration.ofSeconds(10);

	/**
	 * The server cancels first, with a reason; the socket ends only a hanging connection.
	 */
	private static final Duration SOCKET_GRACE = Duration.ofSeconds(30);

	private static final int LOCK_SECONDS = 5;

	/** A stopped process must not keep the key's row locked for longer. */
	private static final int IDLE_SECONDS = 60;

	private static final int NOT_ROLLED_BACK = 1196;

	private static final Set<Integer> BYTES = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

	/**
	 * {@return whether a URL is of this family}
	 */
	static boolean takes(String url) {
		return TAKEN.matcher(url).matches();
	}

	@Override
	public Pattern quotedTexts() {
		return HIDING;
	}

	@Override
	public boolean hasUsers() {
		return true;
	}

	@Override
	public Properties properties(boolean writing, Duration longest) {
		Properties properties = new Properties();
		properties.setProperty("connectTimeout", String.valueOf(CONNECT.toMillis()));
		properties.setProperty("socketTimeout", String.valueOf(longest.plus(SOCKET_GRACE).toMillis()));
		properties.setProperty("tcpKeepAlive", "true");
		properties.setProperty("allowMultiQueries", "false");
		return properties;
	}

	@Override
	public void beginSnapshot(Connection connection, Duration longest) throws SQLException {
		begin(connection, longest, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
				"START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
	}

	/**
	 * Hides concurrent changes, so that a later difference was made here. A changed row
	 * has its latest state, which shows afterwards.
	 */
	@Override
	public void beginSwitch(Connection connection, Duration longest) throws SQLException {
		begin(connection, longest, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
				"SET SESSION innodb_lock_wait_timeout = " + LOCK_SECONDS,
				"SET SESSION lock_wait_timeout = " + LOCK_SECONDS, "SET SESSION wait_timeout = " + IDLE_SECONDS,
				"""
						SET SESSION sql_mode = CONCAT_WS(',', 'STRICT_ALL_TABLES',
						REPLACE(REPLACE(REPLACE(@@sql_mode, 'TRADITIONAL', ''), 'NO_ZERO_DATE', ''), 'NO_ZERO_IN_DATE', ''))""",
				"START TRANSACTION WITH CONSISTENT SNAPSHOT");
	}

	private static void begin(Connection connection, Duration longest, String... commands) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET time_zone = '+00:00'");
			statement.execute("SET SESSION sql_select_limit = DEFAULT");
			// The job lands rows between two reads.
			statement.execute("SET SESSION net_write_timeout = " + longest.toSeconds());
			statement.execute(timeLimit(statement, longest));
			for (String command : commands) {
				statement.execute(command);
			}
		}
	}

	private static String timeLimit(Statement statement, Duration longest) throws SQLException {
		String version = text(statement, "SELECT CONCAT(@@version, ' ', @@version_comment)");
		if (version != null && version.contains("MariaDB")) {
			return "SET SESSION max_statement_time = " + longest.toSeconds();
		}
		if (version != null && version.contains("OceanBase")) {
			long micros = longest.toMillis() * 1000;
			return "SET SESSION ob_query_timeout = " + micros + ", SESSION ob_trx_timeout = " + 2 * micros;
		}
		return "SET SESSION max_execution_time = " + longest.toMillis();
	}

	@Override
	public Statement streaming(Connection connection, FoundDriver driver) throws SQLException {
		Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
		statement.setFetchSize(driver.readsRowByRow() ? ROW_BY_ROW : ROWS_AT_ONCE);
		return statement;
	}

	@Override
	public String quoted(String column) {
		return "`" + column.replace("`", "``") + "`";
	}

	/** Without + 0, a bit would become a character. */
	@Override
	public @Nullable String asText(String column, int jdbcType) {
		if (BYTES.contains(jdbcType)) {
			return null;
		}
		boolean bit = jdbcType == Types.BIT || jdbcType == Types.BOOLEAN;
		return "CAST(" + column + (bit ? " + 0" : "") + " AS CHAR)";
	}

	/** The first half can use an index, the second distinguishes case and blanks. */
	@Override
	public String isExactly(String column, int jdbcType) {
		return column + " = ? AND CAST(" + asText(column, jdbcType) + " AS BINARY) = CAST(? AS BINARY)";
	}

	@Override
	public String now() {
		return "SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)";
	}

	@Override
	public Place place(Connection connection, String address, List<String> selects) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			Map<String, String> server = new TreeMap<>();
			try (ResultSet row = statement.executeQuery("SHOW GLOBAL VARIABLES WHERE Variable_name IN"
					+ " ('server_uuid', 'server_uid', 'hostname', 'port')")) {
				while (row.next()) {
					server.put(row.getString(1), String.valueOf(row.getString(2)));
				}
			}
			String id = identifier(server, address);
			String database = text(statement, "SELECT DATABASE()");
			String user = text(statement, "SELECT CURRENT_USER()");
			StringBuilder rows = new StringBuilder();
			for (String select : selects) {
				rows.append(MySqlTables.interpreted(statement, select)).append('\n');
			}
			return new Place(
					SafeText.visible("database " + database + ", user " + user + ", server " + id + " at " + address),
					Sha256.of(id + '\n' + database + '\n' + rows));
		}
	}

	/** The server's own identifier if it has one, the same for each of its addresses. */
	private static String identifier(Map<String, String> server, String address) {
		String id = server.getOrDefault("server_uuid", server.getOrDefault("server_uid", ""));
		String host = server.getOrDefault("hostname", "");
		return !id.isEmpty() ? id : !host.isEmpty() ? host + ":" + server.get("port") : address;
	}

	@Override
	public void requireTransactional(Connection connection, StatementText text) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			MySqlTables.requireTransactional(statement, text);
		}
	}

	@Override
	public void requireRolledBack(Statement statement, String file) throws SQLException {
		try (ResultSet row = statement.executeQuery("SHOW WARNINGS")) {
			while (row.next()) {
				if (row.getInt(2) == NOT_ROLLED_BACK) {
					throw Failure.configuration(file
							+ ": changes a table that cannot be rolled back (such as MyISAM, by a trigger); what it"
							+ " wrote there stays: convert that table to InnoDB");
				}
			}
		}
	}

	@Override
	public boolean claim(Connection connection, String name, Duration wait) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
			statement.setString(1, name);
			statement.setLong(2, wait.toSeconds());
			try (ResultSet row = statement.executeQuery()) {
				return row.next() && row.getInt(1) == 1;
			}
		}
	}

	@Override
	public DatabaseFaults faults() {
		return new MySqlFaults();
	}

	static @Nullable String text(Statement statement, String select) throws SQLException {
		try (ResultSet row = statement.executeQuery(select)) {
			return row.next() ? row.getString(1) : null;
		}
	}

}
