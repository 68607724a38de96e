package io.keysteward.source.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

import io.keysteward.source.Place;
import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;

/**
 * SQLite: a file without a server.
 */
final class SqliteDialect implements Dialect {

	static final String PREFIX = "jdbc:sqlite:";

	private static final Pattern HIDING = Pattern
		.compile("(?s)--[^\\n]*|/\\*.*?(?:\\*/|\\z)|'[^']*+'?|\"[^\"]*+\"?|`[^`]*+`?|\\[[^]]*+]?");

	private static final int READ_ONLY = 1;

	/** Opens without creating: a wrong path is a fault. */
	private static final int READ_WRITE = 2;

	private static final Duration LOCK = Duration.ofSeconds(5);

	@Override
	public Pattern quotedTexts() {
		return HIDING;
	}

	@Override
	public boolean hasUsers() {
		return false;
	}

	@Override
	public Properties properties(boolean writing, Duration longest) {
		Properties properties = new Properties();
		properties.setProperty("open_mode", String.valueOf(writing ? READ_WRITE : READ_ONLY));
		properties.setProperty("busy_timeout", String.valueOf(LOCK.toMillis()));
		properties.setProperty("enable_load_extension", "false");
		properties.setProperty("foreign_keys", "true");
		return properties;
	}

	/** The first read fixes the transaction's state. */
	@Override
	public void beginSnapshot(Connection connection, Duration longest) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("BEGIN");
			statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
		}
	}

	/** Locks the file against other writers. */
	@Override
	public void beginSwitch(Connection connection, Duration longest) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("BEGIN IMMEDIATE");
		}
	}

	@Override
	public Statement streaming(Connection connection, FoundDriver driver) throws SQLException {
		return connection.createStatement();
	}

	@Override
	public String quoted(String column) {
		return "\"" + column.replace("\"", "\"\"") + "\"";
	}

	/** Converts by value, since each value has its own type. */
	@Override
	public String asText(String column, int jdbcType) {
		return "CASE typeof(" + column + ") WHEN 'blob' THEN hex(" + column + ") ELSE CAST(" + column + " AS TEXT) END";
	}

	@Override
	public String isExactly(String column, int jdbcType) {
		return "? IS NOT NULL AND " + asText(column, jdbcType) + " = ? COLLATE BINARY";
	}

	@Override
	public String now() {
		return "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')";
	}

	@Override
	public Place place(Connection connection, String address, List<String> selects) throws SQLException {
		String file = realPath(address);
		return new Place(SafeText.visible("file " + file), Sha256.of(file + '\n' + String.join("\n", selects)));
	}

	/** Resolves different spellings of one path. */
	private static String realPath(String address) {
		Path file = Path.of(address);
		try {
			return (Files.exists(file) ? file.toRealPath() : file.toAbsolutePath()).toString();
		}
		catch (IOException ex) {
			return file.toAbsolutePath().toString();
		}
	}

	@Override
	public void requireTransactional(Connection connection, StatementText text) {
		// All tables are transactional.
	}

	@Override
	public void requireRolledBack(Statement statement, String file) {
		// SQLite rolls everything back.
	}

	/** The transaction has already locked the file. */
	@Override
	public boolean claim(Connection connection, String name, Duration wait) {
		return true;
	}

	@Override
	public DatabaseFaults faults() {
		return new SqliteFaults();
	}

	/**
	 * The errors of SQLite, by their numbers.
	 */
	private static final class SqliteFaults implements DatabaseFaults {

		private static final int BUSY = 5;

		private static final int LOCKED = 6;

		private static final int INTERRUPTED = 9;

		private static final int READ_ONLY_FILE = 8;

		/** The lowest byte of an extended error number is the basic number. */
		private static int number(SQLException fault) {
			return fault.getErrorCode() & 0xff;
		}

		@Override
		public boolean isTransient(SQLException fault) {
			int number = number(fault);
			return number == BUSY || number == LOCKED || number == INTERRUPTED;
		}

		@Override
		public boolean isLogin(SQLException fault) {
			return false;
		}

		@Override
		public boolean isMissingRight(SQLException fault) {
			return number(fault) == READ_ONLY_FILE;
		}

		/** A commit is a call within this process, so its result is always known. */
		@Override
		public boolean isRefusedCommit(SQLException fault) {
			return number(fault) == BUSY;
		}

		@Override
		public String message(SQLException fault) {
			String line = ErrorCause.line(fault);
			return line.contains("constraint") ? line.replaceAll("\\(.*\\)", "(…)") : line;
		}

	}

}
