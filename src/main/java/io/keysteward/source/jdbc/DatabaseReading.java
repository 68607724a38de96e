package io.keysteward.source.jdbc;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.keysteward.source.landing.LandedReading;
import io.keysteward.source.landing.LandedRows;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;

/**
 * One reading of a foreign database, in one transaction.
 */
final class DatabaseReading implements LandedReading {

	private final DatabaseTransaction transaction;

	private final Map<String, StatementText> texts;

	private final Map<String, TableSelect> described = new HashMap<>();

	/** By table, from the last reading of its rows. */
	private final Map<String, RowStates> states = new HashMap<>();

	private final Instant sourceNow;

	private final boolean comparing;

	/**
	 * Creates a reading.
	 * @param comparing whether rows will be compared with those after a change
	 */
	DatabaseReading(DatabaseTransaction transaction, Map<String, StatementText> texts, Instant sourceNow,
			boolean comparing) {
		this.comparing = comparing;
		this.transaction = transaction;
		this.texts = texts;
		this.sourceNow = sourceNow;
	}

	@Override
	public Instant snapshotAt() {
		return this.transaction.startedAt();
	}

	@Override
	public Instant sourceNow() {
		return this.sourceNow;
	}

	@Override
	public RowFeed rows(Table table, LandedRows landed) {
		RowStates current = this.comparing ? new RowStates() : null;
		if (current != null) {
			this.states.put(table.name(), current);
		}
		return DatabaseRows.open(this.transaction, select(table.name()), table, current);
	}

	/**
	 * {@return the select of a table, as this database describes it}
	 */
	TableSelect select(String table) {
		StatementText text = this.texts.get(table);
		if (text == null) {
			throw Failure.configuration("rows." + table + " has no sql");
		}
		return this.described.computeIfAbsent(table, (name) -> this.transaction.describe(text));
	}

	/**
	 * {@return the states of each table's rows, from the last reading}
	 */
	Map<String, RowStates> states() {
		return Map.copyOf(this.states);
	}

	@Override
	public void close() {
		this.transaction.close();
	}

}
