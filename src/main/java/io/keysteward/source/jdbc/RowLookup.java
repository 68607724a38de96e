package io.keysteward.source.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds a key's row in its table, by the column that identifies it.
 *
 * @param transaction the transaction
 * @param table the table's SELECT
 * @param column the column
 */
record RowLookup(DatabaseTransaction transaction, TableSelect table, String column) {

	/**
	 * {@return the row with a value; null: there is none, or more than one}
	 */
	@Nullable RawRow find(String value) {
		try (PreparedStatement statement = this.transaction.prepare(this.table.with(this.column))) {
			statement.setString(1, value);
			statement.setString(2, value);
			try (ResultSet rows = statement.executeQuery()) {
				if (!rows.next()) {
					return null;
				}
				List<@Nullable String> values = new ArrayList<>();
				for (int i = 1; i <= this.table.columns().size(); i++) {
					values.add(rows.getString(i));
				}
				return rows.next() ? null : RawRow.of(this.table.names(), values);
			}
		}
		catch (SQLException ex) {
			throw this.transaction.errors().running(ex, this.table.text().file());
		}
	}

	/**
	 * {@return the value by which a row is found}
	 */
	String one(RawRow row) {
		return String.valueOf(row.columns().get(this.column));
	}

}
