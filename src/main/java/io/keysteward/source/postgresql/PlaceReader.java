package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import io.keysteward.source.Place;
import io.keysteward.source.definition.DefinitionFolder;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Asks the server for the place of a transaction, since a URL has many spellings, and
 * does not show what depends on the role.
 */
final class PlaceReader {

	/**
	 * A plan names system functions without schema, unless they return rows.
	 */
	private static final Pattern FUNCTION = Pattern.compile("[\\w\"]\\.[\\w\"]+\\(|Function Scan");

	private PlaceReader() {
	}

	/**
	 * {@return the place that a transaction on the connection sees}
	 */
	static Place read(SqlDefinition definition, Connection connection) throws SQLException {
		Session session = session(connection);
		// The role matters only with row security; otherwise two roles see the same
		// rows.
		return new Place(session.text(),
				DefinitionFolder.sha256(Map.of("server", (session.server != null) ? session.server : session.address,
						"database", session.database, "role", definition.rowSecurity() ? session.role : "", "rows",
						rows(definition, session.schemas, connection))));
	}

	/**
	 * {@return the place's text only, which is checked before each key is switched}
	 */
	static String text(Connection connection) throws SQLException {
		return session(connection).text();
	}

	private static Session session(Connection connection) throws SQLException {
		String server = Refusable.text(connection, "SELECT system_identifier::text FROM pg_control_system()");
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
				SELECT current_database(), array_to_string(current_schemas(false), ', '), current_user
				""")) {
			row.next();
			return new Session(address(connection), server, row.getString(1), row.getString(2), row.getString(3));
		}
	}

	/**
	 * {@return what decides which rows are shown: the plan, which names each table with
	 * its schema, whatever the search path and the text of the SELECT. If it cannot be
	 * planned, search path and text}
	 */
	private static String rows(SqlDefinition definition, String schemas, Connection connection) throws SQLException {
		Savepoint before = connection.setSavepoint();
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			StringBuilder rows = new StringBuilder();
			try (ResultSet none = statement.executeQuery(new Columns(definition).describe())) {
				for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
					rows.append(none.getMetaData().getColumnLabel(i)).append('\n');
				}
			}
			try (ResultSet plan = statement.executeQuery("EXPLAIN (VERBOSE, COSTS OFF)\n" + definition.select())) {
				while (plan.next()) {
					rows.append(plan.getString(1)).append('\n');
				}
			}
			// What a function reads may depend on the search path.
			return FUNCTION.matcher(rows).find() ? schemas + '\n' + rows : rows.toString();
		}
		catch (SQLException ex) {
			// Reading the rows meets the same fault, and reports it.
			connection.rollback(before);
			return schemas + '\n' + definition.select();
		}
	}

	/** A physical copy has the same identifier, so the requested host counts too. */
	private static String address(Connection connection) throws SQLException {
		Properties url = Driver.parseURL(String.valueOf(connection.getMetaData().getURL()), null);
		if (url == null) {
			return "(not known)";
		}
		String[] hosts = String.valueOf(PGProperty.PG_HOST.getOrDefault(url)).split(",");
		String[] ports = String.valueOf(PGProperty.PG_PORT.getOrDefault(url)).split(",");
		List<String> addresses = new ArrayList<>();
		for (int i = 0; i < hosts.length; i++) {
			addresses.add(hosts[i] + ":" + ports[Math.min(i, ports.length - 1)]);
		}
		return String.join(",", addresses);
	}

	/**
	 * The place of a session.
	 *
	 * @param address the requested hosts
	 * @param server the cluster's identifier, the same at each of its addresses; null: no
	 * right to read it
	 * @param database the database's name
	 * @param schemas the existing schemas of the search path
	 * @param role the current user
	 */
	private record Session(String address, @Nullable String server, String database, String schemas, String role) {

		String text() {
			return SafeText.visible("database " + this.database + ", schemas "
					+ (this.schemas.isEmpty() ? "(none)" : this.schemas) + ", role " + this.role + ", server "
					+ ((this.server != null) ? this.server : "(not known)") + " at " + this.address);
		}

	}

}
