package io.keysteward.source.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.source.Difference;
import io.keysteward.source.KeySwitch.Fate;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.KeySwitch.Undo;
import io.keysteward.source.landing.LandedKey;
import io.keysteward.source.landing.LandedKeys;
import io.keysteward.source.postgresql.OtherKeys;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * One key in one transaction of a foreign database. It changes the key, reads it again
 * and counts the changes of other rows, since a statement's own result proves nothing.
 */
final class KeyChange {

	private static final Set<KeyColumn> SWITCHES = EnumSet.of(KeyColumn.STATUS, KeyColumn.EXPIRES_AT);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

	/** The rounding of a column of whole seconds. */
	private static final Duration ROUNDING = Duration.ofSeconds(1);

	private final SwitchStatements statements;

	private final DatabaseTransaction transaction;

	private final DatabaseReading reading;

	private final LandedKeys keys;

	private final String keyId;

	private final TableSelect table;

	private LandedKeys.@Nullable Shown shown;

	private boolean begun;

	private KeyChange(SwitchStatements statements, DatabaseTransaction transaction, DatabaseReading reading,
			LandedKeys keys, String keyId, TableSelect table) {
		this.statements = statements;
		this.transaction = transaction;
		this.reading = reading;
		this.keys = keys;
		this.keyId = keyId;
		this.table = table;
	}

	/**
	 * {@return a key in a transaction, after the statements were checked}
	 */
	static KeyChange begin(SwitchStatements statements, DatabaseTransaction transaction, DatabaseReading reading,
			LandedKeys keys, String keyId) {
		TableSelect table = reading.select(statements.table().name());
		statements.require(table);
		transaction.requireTransactional(statements.disable());
		transaction.requireTransactional(statements.restore());
		return new KeyChange(statements, transaction, reading, keys, keyId, table);
	}

	/**
	 * {@return the difference from the key as it was read; null: none}
	 */
	@Nullable String differenceFrom(KeyRecord read) {
		KeyRecord now = find();
		String difference = Difference.between(read, now, Set.of());
		if (difference == null && isOff(now)) {
			return "expires_at " + read.expiresAt() + " has passed since";
		}
		return difference;
	}

	/**
	 * {@return whether the key is off or not shown}
	 */
	boolean isOff() {
		return isOff(find());
	}

	/**
	 * {@return whether switching the key off has begun, so that it may be off}
	 */
	boolean hasBegun() {
		return this.begun;
	}

	/**
	 * Switches off a key that is unchanged since it was read.
	 * @return the values to switch it on again, which were just rehearsed
	 */
	String switchOff(Order order) {
		Before before = before();
		this.begun = true;
		if (!change(this.statements.disable(), values(before.row.columns(), order.runId(), order.asOf()))) {
			throw Failure.configuration(file() + ": changed no row, although " + select()
					+ " shows the key as it was read; it was left alone: correct its WHERE, or look for a trigger that"
					+ " keeps the row as it is");
		}
		KeyRecord off = find();
		if (!isOff(off)) {
			throw Failure.configuration(file() + ": " + select()
					+ " still shows the key as active after it; it was rolled back: correct one of the two");
		}
		requireSame(this.statements.disable(), order.key(), off, SWITCHES);
		RawRow row = changedRow(this.statements.disable(), before);
		UndoText undo = new UndoText(this.keyId, one(before.row), before.row.sha256(), row.sha256(),
				this.statements.forRestore(row));
		rehearse(new Undo(this.keyId, order.runId(), order.asOf(), undo.json()), order.key(), row);
		return undo.json();
	}

	/** A failure of restore.sql must show before the key is switched off. */
	private void rehearse(Undo undo, KeyRecord read, RawRow off) {
		StatementText restore = this.statements.restore();
		try {
			this.transaction.savepoint();
			if (switchOn(undo) == null) {
				throw Failure
					.configuration(restore.file() + ": changed no row for a key that " + SwitchStatements.DISABLE
							+ " has just switched off, so it could not be switched on again; everything was rolled"
							+ " back: correct its WHERE");
			}
			KeyRecord on = find();
			if (isOff(on)) {
				throw notOn();
			}
			requireSame(restore, read, on, Set.of());
			this.shown = null;
			this.transaction.rollbackToSavepoint(restore.file());
		}
		catch (SQLException ex) {
			throw this.transaction.errors().running(ex, restore.file());
		}
		if (!off.equals(row(one(off)))) {
			throw Failure.configuration(restore.file() + ": its changes stay after a rollback, so it is unknown"
					+ " whether the key is off; let both statements change only tables that can be rolled back");
		}
	}

	/**
	 * Switches the key on again.
	 * @return the text that later tells the outcome; null: the key has changed since its
	 * run, and nothing was done
	 */
	@Nullable String switchOn(Undo undo) {
		UndoText left = UndoText.parse(undo.values());
		RawRow row = (left != null) ? row(left.one()) : null;
		if (left == null || row == null) {
			return null;
		}
		KeyRecord off = find();
		Before before = new Before(row, this.reading.states(), shown().others());
		if (!change(this.statements.restore(), values(left.values(), undo.runId(), undo.asOf()))) {
			return null;
		}
		KeyRecord on = find();
		// The key may have expired in the meantime.
		if (on == null || on.status() == null || on.status() == KeyStatus.DISABLED) {
			throw notOn();
		}
		if (off != null) {
			requireSame(this.statements.restore(), off, on, SWITCHES);
		}
		RawRow changed = changedRow(this.statements.restore(), before);
		return new UndoText(this.keyId, left.one(), row.sha256(), changed.sha256(), Map.of()).json();
	}

	/**
	 * {@return the outcome of a change, by the current row}
	 */
	Fate fate(UndoText undo) {
		RawRow now = row(undo.one());
		String hash = (now != null) ? now.sha256() : "";
		return hash.equals(undo.after()) ? Fate.COMMITTED
				: hash.equals(undo.before()) ? Fate.ROLLED_BACK : Fate.UNKNOWN;
	}

	private Before before() {
		LandedKey key = Objects.requireNonNull(shown().key());
		String one = key.row().get(this.statements.one());
		RawRow row = (one != null) ? row(one) : null;
		if (row == null) {
			throw Failure
				.configuration(this.statements.table().where() + ".one: no single row of " + this.table.text().file()
						+ " has this key's " + this.statements.one() + "; name the column by which each row is found");
		}
		return new Before(row, this.reading.states(), shown().others());
	}

	/**
	 * {@return the row after the change, which must have changed no other row}
	 */
	private RawRow changedRow(StatementText statement, Before before) {
		RawRow row = row(one(before.row));
		if (row == null) {
			throw Failure.configuration(statement.file() + ": " + this.table.text().file()
					+ " no longer returns the row after it, so the key could not be switched on again; the change"
					+ " was rolled back: let it also return keys that are off");
		}
		Map<String, RowStates> after = this.reading.states();
		before.states
			.forEach((table, states) -> requireOneRow(statement, table, states, after.getOrDefault(table, states)));
		long others = before.others.without(shown().others()).count();
		if (others > 0) {
			throw Failure.configuration(statement.file() + ": switches " + Plural.of(others, "other key")
					+ " too, by what " + select() + " shows; it was rolled back: let it switch only the one key");
		}
		return row;
	}

	private void requireOneRow(StatementText statement, String table, RowStates before, RowStates after) {
		long own = table.equals(this.statements.table().name()) ? 1 : 0;
		long gone = before.missingIn(after);
		if (gone > own) {
			throw Failure.configuration(statement.file() + ": changes or deletes " + Plural.of(gone - own, "other row")
					+ " of " + table + ", triggers included; it was rolled back: let it change the row of the one key");
		}
		if (gone > after.missingIn(before)) {
			throw Failure.configuration(statement.file() + ": deletes a row of " + table
					+ "; it was rolled back: Keysteward only switches keys off and on");
		}
	}

	private @Nullable KeyRecord find() {
		LandedKey key = shown().key();
		return (key != null) ? key.key() : null;
	}

	/** Reads again only after a change in this transaction. */
	private LandedKeys.Shown shown() {
		if (this.shown == null) {
			this.shown = this.keys.show(this.reading, this.keyId);
		}
		return this.shown;
	}

	private String one(RawRow row) {
		return String.valueOf(row.columns().get(this.statements.one()));
	}

	/** Finds the row by the column one; null: there is none, or more than one. */
	private @Nullable RawRow row(String one) {
		try (PreparedStatement statement = this.transaction.prepare(this.table.with(this.statements.one()))) {
			statement.setString(1, one);
			statement.setString(2, one);
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
	 * {@return whether it changed the row; false: it changed none}
	 */
	private boolean change(StatementText statement, Map<String, @Nullable Object> values) {
		this.shown = null;
		try (PreparedStatement change = this.transaction.prepare(statement.sql())) {
			set(change, statement, values);
			int rows = change.executeUpdate();
			if (rows > 1) {
				throw Failure.configuration(statement.file() + ": changed " + rows + " rows for one key; it was"
						+ " rolled back: correct its WHERE, so that it changes exactly one");
			}
			return rows == 1;
		}
		catch (SQLException ex) {
			throw this.transaction.errors().running(ex, statement.file());
		}
	}

	/** Sets the values as the texts that were read. */
	static void set(PreparedStatement change, StatementText statement, Map<String, @Nullable Object> values)
			throws SQLException {
		for (int i = 0; i < statement.parameters().size(); i++) {
			Object value = values.get(statement.parameters().get(i));
			if (value instanceof Long number) {
				change.setLong(i + 1, number);
			}
			else {
				change.setString(i + 1, (value != null) ? value.toString() : null);
			}
		}
	}

	private static Map<String, @Nullable Object> values(Map<String, @Nullable String> columns, long runId,
			Instant asOf) {
		Map<String, @Nullable Object> values = new HashMap<>(columns);
		values.put("run_id", runId);
		values.put("as_of", TIME.format(LocalDateTime.ofInstant(asOf, ZoneOffset.UTC)));
		return values;
	}

	private static void requireSame(StatementText statement, KeyRecord before, @Nullable KeyRecord after,
			Set<KeyColumn> changing) {
		String changed = (after != null) ? Difference.between(before, after, changing) : null;
		if (changed != null) {
			throw Failure.configuration(statement.file() + ": changes more than whether the key is on: " + changed
					+ "; it was rolled back: let it change only that");
		}
	}

	/** A key past its expiry is off, as in the inventory. */
	private boolean isOff(@Nullable KeyRecord key) {
		if (key == null || key.status() == KeyStatus.DISABLED || key.status() == KeyStatus.EXPIRED) {
			return true;
		}
		Instant end = key.expiresAt();
		return end != null && key.dataError() == null && isPast(end);
	}

	/**
	 * Waits for a time within a second, since a column of few digits rounds up.
	 */
	private boolean isPast(Instant time) {
		try {
			Duration ahead = Duration.between(this.transaction.clock(), time);
			if (!ahead.isNegative() && !ahead.isZero() && ahead.compareTo(ROUNDING) <= 0) {
				TimeUnit.NANOSECONDS.sleep(ahead.toNanos());
				ahead = Duration.between(this.transaction.clock(), time);
			}
			return ahead.isNegative() || ahead.isZero();
		}
		catch (SQLException ex) {
			throw this.transaction.errors().running(ex, this.table.text().file());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failure.retry("interrupted while waiting for a key's expiry; start the run again", ex);
		}
	}

	private String file() {
		return this.statements.disable().file();
	}

	private String select() {
		return this.statements.selectFile();
	}

	private Failure notOn() {
		return Failure.configuration(this.statements.restore().file() + ": " + select()
				+ " still shows the key as switched off after it; it was rolled back: correct one of the two");
	}

	/**
	 * The state before a change.
	 *
	 * @param row the key's row
	 * @param states all rows
	 * @param others the other keys
	 */
	private record Before(RawRow row, Map<String, RowStates> states, OtherKeys others) {
	}

}
