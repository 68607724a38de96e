package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;

import org.jspecify.annotations.Nullable;

/**
 * A query that the server may refuse without ending the transaction.
 */
final class Refusable {

	private Refusable() {
	}

	/**
	 * {@return the text of the result; null: there is none, or the server refuses}
	 * @throws SQLException where trying again may help
	 */
	static @Nullable String text(Connection connection, String sql, Object... values) throws SQLException {
		Savepoint before = connection.setSavepoint();
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getString(1) : null;
			}
		}
		catch (SQLException ex) {
			if (SqlFault.of(ex).isTransient()) {
				throw ex;
			}
			connection.rollback(before);
			return null;
		}
	}

}
