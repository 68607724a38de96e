package io.keysteward.source.landing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.keysteward.source.landing.Table.Column;
import io.keysteward.source.postgresql.LandingSession;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

import org.springframework.util.unit.DataSize;

/**
 * Lands a reading's rows in temporary tables, in one session.
 */
final class LandedTables implements LandedRows {

	/** The size of a block, in bytes. */
	private static final int BLOCK = 1 << 20;

	private static final String OWN = "keysteward ";

	private final LandingSession session;

	private final DataSize maxSize;

	private final Map<String, LandedTable> landed = new LinkedHashMap<>();

	private long bytes;

	LandedTables(LandingSession session, DataSize maxSize) {
		this.session = session;
		this.maxSize = maxSize;
	}

	/**
	 * Lands the first row of each table, to check its columns.
	 */
	void sample(List<Table> tables, LandedReading reading) {
		land(tables, reading, 1, false);
	}

	/**
	 * Lands all rows. A column that every row lacks is a fault.
	 */
	void land(List<Table> tables, LandedReading reading) {
		land(tables, reading, Long.MAX_VALUE, false);
		this.landed.values().forEach(LandedTables::requireColumns);
	}

	/**
	 * Lands all rows, and keeps their hidden values in memory.
	 */
	void landToSwitch(List<Table> tables, LandedReading reading) {
		land(tables, reading, Long.MAX_VALUE, true);
	}

	LandedTable table(String name) {
		return Objects.requireNonNull(this.landed.get(name));
	}

	private void land(List<Table> tables, LandedReading reading, long rows, boolean keepHidden) {
		requireNames(tables);
		for (Table table : tables) {
			try (RowFeed feed = reading.rows(table, this)) {
				List<Column> columns = Objects.requireNonNullElse(feed.columns(), table.columns());
				LandedTable made = new LandedTable(table, this.landed.size(), columns, keepHidden);
				execute(table, made.create());
				copy(made, feed, rows);
				if (reading.mayRepeatRows()) {
					execute(table, made.deleteRepeated());
				}
				execute(table, "ANALYZE " + made.base());
				execute(table, made.view(-1, "", ""));
				this.landed.put(table.name(), made);
			}
		}
	}

	/** A query of pg_class must not read an export. */
	private void requireNames(List<Table> tables) {
		for (Table table : tables) {
			if (table.name().startsWith(OWN)) {
				throw Failure.configuration(table.where() + " is not allowed: '" + OWN
						+ "' is the beginning of Keysteward's own names; choose another name");
			}
			try (PreparedStatement statement = this.session.connection().prepareStatement("""
					SELECT FROM pg_catalog.pg_class
					WHERE relnamespace = 'pg_catalog'::regnamespace AND relname = ?
					""")) {
				statement.setString(1, table.name());
				try (ResultSet row = statement.executeQuery()) {
					if (row.next()) {
						throw Failure
							.configuration(table.where() + " is not allowed: '" + SafeText.visible(table.name())
									+ "' is a table of PostgreSQL's own catalogue; choose another name");
					}
				}
			}
			catch (SQLException ex) {
				throw this.session.connecting(ex);
			}
		}
	}

	private void copy(LandedTable table, RowFeed feed, long limit) {
		try (BlockSender sender = new BlockSender((block) -> send(table, block))) {
			CopyText block = new CopyText();
			for (List<@Nullable String> row = feed.next(); row != null; row = feed.next()) {
				add(table, row, block);
				if (block.size() >= BLOCK) {
					sender.send(takeWithinLimit(table, block));
				}
				if (table.rows() == limit) {
					break;
				}
			}
			sender.send(takeWithinLimit(table, block));
			sender.finish();
		}
	}

	private byte[] takeWithinLimit(LandedTable table, CopyText block) {
		this.bytes += block.size();
		if (this.bytes > this.maxSize.toBytes()) {
			throw Failure.configuration(table.table().where() + ": has more than " + this.maxSize.toMegabytes()
					+ " MB after " + Plural.of(table.rows(), "row") + "; land fewer columns, or raise"
					+ " keysteward.landing.max-size");
		}
		return block.take();
	}

	private static void add(LandedTable table, List<@Nullable String> row, CopyText block) {
		List<Column> columns = table.columns();
		block.field(String.valueOf(table.nextRow()));
		block.field(absentColumns(table, row));
		@Nullable String[] hidden = new @Nullable String[columns.size()];
		for (int i = 0; i < columns.size(); i++) {
			Column column = columns.get(i);
			String value = cut(column, row.get(i));
			if (column.as() == Table.As.HIDDEN) {
				hidden[i] = value;
			}
			else {
				block.field((value != null && column.as() == Table.As.SHA256) ? Sha256.of(value) : value);
			}
		}
		table.keepHidden(hidden);
		block.endRow();
	}

	/**
	 * {@return the numbers of the columns that the row lacks; null: none}
	 */
	@SuppressWarnings("ReferenceEquality") // That is what ABSENT is found by.
	private static @Nullable String absentColumns(LandedTable table, List<@Nullable String> row) {
		StringBuilder absent = null;
		for (int i = 0; i < row.size(); i++) {
			if (row.get(i) == RowFeed.ABSENT) {
				table.countAbsent(i);
				absent = (absent != null) ? absent : new StringBuilder(",");
				absent.append(i).append(',');
			}
		}
		return (absent != null) ? absent.toString() : null;
	}

	/** A value without that text may be a whole secret, and is not landed. */
	@SuppressWarnings("ReferenceEquality") // That is what ABSENT is found by.
	private static @Nullable String cut(Column column, @Nullable String value) {
		if (value == null || value == RowFeed.ABSENT) {
			return null;
		}
		if (column.before() == null) {
			return value;
		}
		int end = value.indexOf(column.before());
		return (end >= 0) ? value.substring(0, end) : null;
	}

	private void send(LandedTable table, byte[] block) {
		try {
			this.session.connection()
				.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn(table.copy(), new ByteArrayInputStream(block));
		}
		catch (SQLException ex) {
			throw this.session.landing(ex, table.table().where());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Memory is always readable", ex);
		}
	}

	private static void requireColumns(LandedTable table) {
		for (int i = 0; i < table.columns().size(); i++) {
			Column column = table.columns().get(i);
			if (table.isAbsentInEveryRow(i) && !table.table().optional().contains(column.name())) {
				throw Failure.configuration(table.table().where() + ".columns." + SafeText.visible(column.name())
						+ ": none of " + Plural.of(table.rows(), "row") + " has " + SafeText.visible(column.at())
						+ "; correct it, or list the column under optional if every row may lack it");
			}
		}
	}

	/**
	 * Finds out which last uses depend on values that rows lack.
	 */
	void markUsesThatDependOnMissingValues() {
		new MissingValues(this.session, this).markUses(this.landed.values());
	}

	/**
	 * Shows only some rows of a table.
	 */
	void narrow(LandedTable table, long from, long to) {
		execute(table.table(), table.view(-1, "", "n BETWEEN " + from + " AND " + to));
	}

	/**
	 * Shows all rows of a table but one.
	 */
	void leaveOut(LandedTable table, long row) {
		execute(table.table(), table.view(-1, "", "n <> " + row));
	}

	/**
	 * {@return the number of the one row with this value in a column; -1: there is none,
	 * or there are several}
	 */
	long rowWith(LandedTable table, int column, String value) {
		String row = text(table, "SELECT CASE WHEN count(*) = 1 THEN min(n) END FROM " + table.base() + " WHERE c"
				+ column + " = '" + value.replace("'", "''") + "'");
		return (row != null) ? Long.parseLong(row) : -1;
	}

	/**
	 * {@return a row's landed and hidden values}
	 */
	Map<String, @Nullable String> row(LandedTable table, long number) {
		Map<String, @Nullable String> row = new LinkedHashMap<>();
		@Nullable String[] hidden = table.hidden(number);
		for (int i = 0; i < table.columns().size(); i++) {
			Column column = table.columns().get(i);
			row.put(column.name(), (column.as() == Table.As.HIDDEN) ? hidden[i]
					: text(table, "SELECT c" + i + " FROM " + table.base() + " WHERE n = " + number));
		}
		return row;
	}

	@Override
	public List<Map<String, @Nullable String>> rows(String table, List<String> columns) {
		LandedTable made = this.landed.get(table);
		if (made == null) {
			throw new IllegalArgumentException("Table '" + table + "' is not landed yet");
		}
		String names = columns.stream().map(LandedTable::quoted).collect(Collectors.joining(", "));
		List<Map<String, @Nullable String>> rows = new ArrayList<>();
		try (Statement statement = statement();
				ResultSet row = statement
					.executeQuery("SELECT " + names + " FROM pg_temp." + LandedTable.quoted(table))) {
			while (row.next()) {
				Map<String, @Nullable String> values = new LinkedHashMap<>();
				for (int i = 0; i < columns.size(); i++) {
					values.put(columns.get(i), row.getString(i + 1));
				}
				rows.add(values);
			}
			return rows;
		}
		catch (SQLException ex) {
			throw this.session.landing(ex, made.table().where());
		}
	}

	private @Nullable String text(LandedTable table, String sql) {
		List<@Nullable String> texts = texts(table, sql);
		return texts.isEmpty() ? null : texts.get(0);
	}

	List<@Nullable String> texts(LandedTable table, String sql) {
		List<@Nullable String> texts = new ArrayList<>();
		try (Statement statement = statement(); ResultSet row = statement.executeQuery(sql)) {
			while (row.next()) {
				texts.add(row.getString(1));
			}
			return texts;
		}
		catch (SQLException ex) {
			throw this.session.landing(ex, table.table().where());
		}
	}

	void execute(Table table, String sql) {
		try (Statement statement = statement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw this.session.landing(ex, table.where());
		}
	}

	private Statement statement() throws SQLException {
		Statement statement = this.session.connection().createStatement();
		statement.setEscapeProcessing(false);
		return statement;
	}

}
