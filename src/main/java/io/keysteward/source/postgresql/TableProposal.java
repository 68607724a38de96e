package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.sql.DataSource;

import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import io.keysteward.text.SafeText;
import org.postgresql.Driver;

/**
 * Reads a table's description in the database, and proposes a definition. Changes
 * nothing, and reads no row of the table.
 */
public final class TableProposal {

	private static final String TIMEOUT_SECONDS = "30";

	private static final String TABLE = """
			SELECT c.oid::regclass::text FROM pg_class c
			WHERE c.oid = coalesce(to_regclass(?), to_regclass(quote_ident(?))) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
			""";

	private static final String TABLES = """
			SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
			ORDER BY 1 LIMIT 1000
			""";

	private static final String COLUMNS = """
			SELECT a.attname, format_type(a.atttypid, NULL),
			       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND i.indnatts = 1
			                                        AND i.indkey[0] = a.attnum)
			FROM pg_attribute a WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
			ORDER BY a.attnum
			""";

	private final String asked;

	private TableProposal(String asked) {
		this.asked = asked;
	}

	/**
	 * {@return the files of a first definition, by their names}
	 * @param asked the setting or option with the database's address, for messages
	 * @param datasource the database
	 * @param table the table's name, with its schema unless that is on the search path
	 */
	public static Map<String, String> propose(String asked, SourceSettings.Datasource datasource, String table) {
		String url = String.valueOf(datasource.url());
		if (PostgresqlUrl.holdsPassword(url)) {
			throw Failure.configuration(asked + ": has a password; set it in the environment instead");
		}
		PostgresqlUrl.fault(url, Map.of()).ifPresent((fault) -> {
			throw Failure.configuration(asked + ": " + fault);
		});
		Properties properties = new Properties();
		properties.setProperty("ApplicationName", "keysteward");
		properties.setProperty("connectTimeout", "10");
		properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
		Properties parsed = new Properties(Driver.parseURL(url, properties));
		parsed.setProperty("user", String.valueOf(datasource.username()));
		if (datasource.password() != null) {
			parsed.setProperty("password", datasource.password());
		}
		return new TableProposal(asked).propose(() -> DriverManager.getConnection(url.split("\\?", 2)[0], parsed),
				table);
	}

	/**
	 * {@return the same as {@link #propose(String, SourceSettings.Datasource, String)},
	 * for a table of the governance database}
	 */
	public static Map<String, String> propose(DataSource governance, String table) {
		return new TableProposal("spring.datasource.url").propose(governance::getConnection, table);
	}

	private Map<String, String> propose(Connecting connecting, String table) {
		try (Connection connection = connecting.connect()) {
			connection.setAutoCommit(false);
			connection.setReadOnly(true);
			try (Statement statement = connection.createStatement()) {
				statement.execute("SET LOCAL statement_timeout = '" + TIMEOUT_SECONDS + "s'");
			}
			try {
				String found = found(connection, table);
				return FirstDefinition.files(found, columns(connection, found));
			}
			finally {
				connection.rollback();
			}
		}
		catch (SQLException ex) {
			SqlFault fault = SqlFault.of(ex);
			String line = this.asked + ": " + fault.words();
			throw fault.isTransient() ? Failure.retry(line + "; try again when the database answers", ex)
					: Failure.configuration(line + "; correct it", ex);
		}
	}

	private String found(Connection connection, String table) throws SQLException {
		List<String> names = texts(connection, TABLE, table, table);
		if (!names.isEmpty() && !SafeText.hides(names.get(0))) {
			return names.get(0);
		}
		throw Failure.configuration("--table: there is no table '" + SafeText.visible(table)
				+ "' on the search path of that database, or the role may not see its schema; "
				+ NearestWord.to(table, texts(connection, TABLES))
					.map((near) -> "did you mean '" + SafeText.visible(near) + "'?")
					.orElse("write it with its schema, such as billing.api_key"));
	}

	private static List<String> texts(Connection connection, String sql, String... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < values.length; i++) {
				statement.setString(i + 1, values[i]);
			}
			List<String> texts = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					texts.add(rows.getString(1));
				}
			}
			return texts;
		}
	}

	private static List<TableColumn> columns(Connection connection, String table) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
			statement.setString(1, table);
			List<TableColumn> columns = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					columns.add(new TableColumn(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
				}
			}
			return columns;
		}
	}

	/** Opens a connection. */
	private interface Connecting {

		Connection connect() throws SQLException;

	}

}
