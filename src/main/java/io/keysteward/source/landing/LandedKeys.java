package io.keysteward.source.landing;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.keysteward.key.KeyRecord;
import io.keysteward.source.postgresql.LandingSession;
import io.keysteward.source.postgresql.OtherKeys;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Finds single keys in readings of a system, and the row that each key was made of.
 */
public final class LandedKeys {

	private final LandedDefinition definition;

	private final Landing.SessionSource sessions;

	LandedKeys(LandedDefinition definition, Landing.SessionSource sessions) {
		this.definition = definition;
		this.sessions = sessions;
	}

	/**
	 * {@return a key as a reading shows it; null: the reading does not show it}
	 * @param reading a reading of the whole system, or of the part that shows the key; it
	 * stays open
	 * @param keyId the key's id within the source
	 * @throws Failure if several rows show it
	 */
	public @Nullable LandedKey find(LandedReading reading, String keyId) {
		try (LandingSession session = this.sessions.connect()) {
			return find(session, land(session, reading), keyId);
		}
	}

	/**
	 * {@return a key as a reading of the whole system shows it, and whether the other
	 * keys are on}
	 */
	public Shown show(LandedReading reading, String keyId) {
		try (LandingSession session = this.sessions.connect()) {
			LandedTables tables = land(session, reading);
			OtherKeys others = session.others(keyId);
			return new Shown(find(session, tables, keyId), others);
		}
	}

	private LandedTables land(LandingSession session, LandedReading reading) {
		LandedTables tables = new LandedTables(session, this.sessions.maxSize());
		tables.landToSwitch(this.definition.tables(), reading);
		return tables;
	}

	private @Nullable LandedKey find(LandingSession session, LandedTables tables, String keyId) {
		KeyRecord key = session.find(keyId);
		if (key == null) {
			return null;
		}
		LandedTable table = tables.table(keyTable().name());
		return new LandedKey(key, tables.row(table, row(session, tables, table, keyId)));
	}

	/**
	 * {@return the table whose rows are keys: the one with a way to read a single row, or
	 * the only one}
	 * @throws Failure where that is not known: by a join a key needs a row of every table
	 */
	private Table keyTable() {
		List<Table> all = this.definition.tables();
		return all.stream()
			.filter((table) -> table.yaml().one() != null || all.size() == 1)
			.findFirst()
			.orElseThrow(() -> Failure.configuration(all.get(0).where() + ": is one of " + all.size()
					+ " tables, so it is not known whose rows are keys, and no key is switched; write one at that"
					+ " table"));
	}

	/**
	 * select.sql says of no key which row it is made of, but a row can be found that
	 * shows it alone and without which it is not shown: each time the rows are halved.
	 */
	private long row(LandingSession session, LandedTables tables, LandedTable table, String keyId) {
		long named = named(tables, table, keyId);
		if (named > 0 && isMadeOf(session, tables, table, named, keyId)) {
			return named;
		}
		long from = 1;
		long to = table.rows();
		while (from < to) {
			long middle = from + (to - from) / 2;
			if (isShown(session, tables, table, from, middle, keyId)) {
				to = middle;
			}
			else {
				from = middle + 1;
			}
		}
		if (from > to || !isMadeOf(session, tables, table, from, keyId)) {
			throw Failure.configuration(table.table().where() + ": no single row of it shows the key, so that there is"
					+ " nothing to switch it by; let select.sql make each key of one row, and write one at the table"
					+ " whose rows are keys");
		}
		return from;
	}

	/** What is shown without a row as well is made of another one, or of several. */
	private static boolean isMadeOf(LandingSession session, LandedTables tables, LandedTable table, long row,
			String keyId) {
		if (!isShown(session, tables, table, row, row, keyId)) {
			return false;
		}
		tables.leaveOut(table, row);
		return session.find(keyId) == null;
	}

	private static long named(LandedTables tables, LandedTable table, String keyId) {
		String one = table.table().yaml().one();
		return (one != null) ? IntStream.range(0, table.columns().size())
			.filter((column) -> table.columns().get(column).name().equals(one)
					&& table.columns().get(column).as() != Table.As.HIDDEN)
			.mapToLong((column) -> tables.rowWith(table, column, keyId))
			.findFirst()
			.orElse(-1) : -1;
	}

	private static boolean isShown(LandingSession session, LandedTables tables, LandedTable table, long from, long to,
			String keyId) {
		tables.narrow(table, from, to);
		return Objects.nonNull(session.find(keyId));
	}

	/**
	 * The result of a reading of the whole system.
	 *
	 * @param key the key; null: it is not shown
	 * @param others whether the other keys are on
	 */
	public record Shown(@Nullable LandedKey key, OtherKeys others) {
	}

}
