package io.keysteward.source.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.source.KeySwitch.Seen;
import org.jspecify.annotations.Nullable;

/**
 * What {@code select.sql} shows of one key within the transaction that switches it: the
 * proof of what was changed, and that nothing else was.
 *
 * @param statuses the status of each of its rows, in upper case
 * @param seen what else it shows; null: it does not show the key any more
 */
record ShownKey(List<String> statuses, @Nullable Seen seen) {

	private static final Set<String> NOT_ACTIVE = Set.of("DISABLED", "EXPIRED");

	/**
	 * {@return the key as the transaction sees it}
	 */
	static ShownKey of(Definition definition, SwitchTransaction transaction, String keyId) throws SQLException {
		transaction.set("keysteward.key", keyId);
		Columns columns = new Columns(definition);
		try (Statement statement = transaction.connection().createStatement()) {
			statement.setEscapeProcessing(false);
			List<KeyColumn> returned;
			try (ResultSet none = statement.executeQuery(columns.describe())) {
				returned = columns.check(none.getMetaData());
			}
			try (ResultSet rows = statement.executeQuery(columns.selectKey(returned))) {
				return read(rows, returned);
			}
		}
	}

	private static ShownKey read(ResultSet rows, List<KeyColumn> returned) throws SQLException {
		List<String> statuses = new ArrayList<>();
		Seen seen = null;
		while (rows.next()) {
			Row row = new Row(rows, returned);
			statuses.add(row.status());
			seen = row.seen();
		}
		return new ShownKey(statuses, seen);
	}

	/** What is not understood may work. */
	boolean works() {
		return !NOT_ACTIVE.containsAll(this.statuses);
	}

	boolean isOff() {
		return this.statuses.isEmpty() || this.statuses.contains("DISABLED");
	}

	/** A key that is shown no more was read by the statement that hid it. */
	boolean isAs(Seen before) {
		return this.seen == null || this.seen.equals(before);
	}

	/**
	 * One row of {@code select.sql}; what it does not return is null.
	 */
	private record Row(ResultSet row, List<KeyColumn> returned) {

		private String status() throws SQLException {
			String word = this.returned.contains(KeyColumn.STATUS) ? word(KeyColumn.STATUS) : "ACTIVE";
			return (word != null) ? word : "null";
		}

		private Seen seen() throws SQLException {
			return new Seen(time(KeyColumn.CREATED_AT), time(KeyColumn.LAST_USED_AT), text(KeyColumn.KIND),
					text(KeyColumn.PROJECT_ID), text(KeyColumn.OWNER_ID), text(KeyColumn.OWNER_EMAIL),
					word(KeyColumn.OWNER_STATE));
		}

		private @Nullable String word(KeyColumn column) throws SQLException {
			String text = text(column);
			return (text != null) ? text.strip().toUpperCase(Locale.ROOT) : null;
		}

		private @Nullable String text(KeyColumn column) throws SQLException {
			return this.returned.contains(column) ? this.row.getString(column.columnName()) : null;
		}

		private @Nullable Instant time(KeyColumn column) throws SQLException {
			OffsetDateTime time = this.returned.contains(column)
					? this.row.getObject(column.columnName(), OffsetDateTime.class) : null;
			return (time != null) ? time.toInstant() : null;
		}

	}

}
