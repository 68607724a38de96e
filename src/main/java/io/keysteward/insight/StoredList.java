package io.keysteward.insight;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads lists from columns.
 */
final class StoredList {

	/** Separates the words of a joined list. */
	private static final String SEPARATOR = ", ";

	private StoredList() {
	}

	/**
	 * {@return the texts of an array column; none for null}
	 */
	static List<String> read(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? Arrays.stream((@Nullable String[]) array.getArray()).filter(Objects::nonNull).toList()
				: List.of();
	}

	/**
	 * {@return the words of a list that the database has joined, which is cheaper than an
	 * array}
	 */
	static List<String> joined(ResultSet row, String column) throws SQLException {
		String words = row.getString(column);
		return (words == null || words.isEmpty()) ? List.of() : List.of(words.split(SEPARATOR));
	}

}
