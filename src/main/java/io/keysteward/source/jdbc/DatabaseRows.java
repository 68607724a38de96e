package io.keysteward.source.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table, one by one. At the end their number must be what the database
 * counts: a driver that does not fit the server may end early, and missing keys would
 * count as gone.
 */
final class DatabaseRows implements RowFeed {

	private final DatabaseTransaction transaction;

	private final TableSelect select;

	private final @Nullable List<Table.Column> named;

	private final int[] positions;

	private final @Nullable RowStates states;

	private final Statement statement;

	private final ResultSet rows;

	private long count;

	private boolean ended;

	private DatabaseRows(DatabaseTransaction transaction, TableSelect select, Table table, @Nullable RowStates states)
			throws SQLException {
		this.transaction = transaction;
		this.select = select;
		this.named = table.columns().isEmpty() ? select.landed() : null;
		this.positions = positions(select, table.columns());
		this.states = states;
		this.statement = transaction.streaming();
		this.rows = this.statement.executeQuery(select.all());
	}

	/**
	 * {@return the rows of a table}
	 * @param states collects the rows' states; null: rows will not be compared
	 */
	static DatabaseRows open(DatabaseTransaction transaction, TableSelect select, Table table,
			@Nullable RowStates states) {
		try {
			return new DatabaseRows(transaction, select, table, states);
		}
		catch (SQLException ex) {
			throw transaction.errors().running(ex, select.text().file());
		}
	}

	private static int[] positions(TableSelect select, List<Table.Column> columns) {
		if (columns.isEmpty()) {
			return IntStream.range(0, select.columns().size()).toArray();
		}
		return columns.stream().mapToInt((column) -> select.require(column.at())).toArray();
	}

	@Override
	public @Nullable List<Table.Column> columns() {
		return this.named;
	}

	@Override
	public @Nullable List<@Nullable String> next() {
		try {
			if (!this.ended && this.rows.next()) {
				this.count++;
				return row();
			}
			if (!this.ended) {
				end();
			}
			return null;
		}
		catch (SQLException ex) {
			throw this.transaction.errors().running(ex, this.select.text().file());
		}
	}

	private List<@Nullable String> row() throws SQLException {
		List<@Nullable String> all = new ArrayList<>(this.select.columns().size());
		for (int i = 1; i <= this.select.columns().size(); i++) {
			all.add(this.rows.getString(i));
		}
		if (this.states != null) {
			this.states.add(RawRow.hash(all));
		}
		if (this.named != null) {
			return all;
		}
		List<@Nullable String> row = new ArrayList<>(this.positions.length);
		for (int position : this.positions) {
			row.add(all.get(position));
		}
		return row;
	}

	private void end() throws SQLException {
		this.ended = true;
		this.statement.close();
		try (Statement counting = this.transaction.statement();
				ResultSet row = counting.executeQuery(this.select.count())) {
			row.next();
			if (row.getLong(1) != this.count) {
				throw Failure.configuration(this.select.text().file() + ": " + Plural.of(this.count, "row")
						+ " came, but the database counts " + row.getLong(1) + "; use the driver that fits this"
						+ " database, and let the statement return the same rows each time (no random order"
						+ " with a LIMIT)");
			}
		}
	}

	@Override
	public void close() {
		if (!this.ended) {
			this.ended = true;
			this.transaction.leaveUnread(this.statement);
		}
	}

}
