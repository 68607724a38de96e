package io.keysteward.source.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.CurrentKey;
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

	private final SwitchStatements statements;

	private final DatabaseTransaction transaction;

	private final DatabaseReading reading;

	private final LandedKeys keys;

	private final String keyId;

	private final TableSelect table;

	private final RowLookup rows;

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
		this.rows = new RowLookup(transaction, table, statements.one());
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
		return current().differenceFrom(read);
	}

	/**
	 * {@return whether the key is off or not shown}
	 */
	boolean isOff() {
		return current().isOff();
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
		if (!change(this.statements.disable(), StatementValues.of(before.row.columns(), order.runId(), order.asOf()))) {
			throw Failure.configuration(file() + ": changed no row, although " + select()
					+ " shows the key as it was read; it was left alone: correct its WHERE, or look for a trigger that"
					+ " keeps the row as it is");
		}
		CurrentKey off = current();
		if (!off.isOff()) {
			throw Failure.configuration(file() + ": " + select()
					+ " still shows the key as active after it; it was rolled back: correct one of the two");
		}
		requireSame(this.statements.disable(), order.key(), off.key(), CurrentKey.SWITCHES);
		RawRow row = changedRow(this.statements.disable(), before);
		UndoText undo = new UndoText(this.keyId, this.rows.one(before.row), before.row.sha256(), row.sha256(),
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
			CurrentKey on = current();
			if (on.isOff()) {
				throw notOn();
			}
			requireSame(restore, read, on.key(), Set.of());
			this.shown = null;
			this.transaction.rollbackToSavepoint(restore.file());
		}
		catch (SQLException ex) {
			throw this.transaction.errors().running(ex, restore.file());
		}
		if (!off.equals(this.rows.find(this.rows.one(off)))) {
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
		RawRow row = (left != null) ? this.rows.find(left.one()) : null;
		if (left == null || row == null) {
			return null;
		}
		KeyRecord off = find();
		Before before = new Before(row, this.reading.states(), shown().others());
		if (!change(this.statements.restore(), StatementValues.of(left.values(), undo.runId(), undo.asOf()))) {
			return null;
		}
		CurrentKey on = current();
		// The key may have expired in the meantime.
		if (!on.isSwitchedOn()) {
			throw notOn();
		}
		if (off != null) {
			requireSame(this.statements.restore(), off, on.key(), CurrentKey.SWITCHES);
		}
		RawRow changed = changedRow(this.statements.restore(), before);
		return new UndoText(this.keyId, left.one(), row.sha256(), changed.sha256(), Map.of()).json();
	}

	/**
	 * {@return the outcome of a change, by the current row}
	 */
	Fate fate(UndoText undo) {
		RawRow now = this.rows.find(undo.one());
		String hash = (now != null) ? now.sha256() : "";
		return hash.equals(undo.after()) ? Fate.COMMITTED
				: hash.equals(undo.before()) ? Fate.ROLLED_BACK : Fate.UNKNOWN;
	}

	private Before before() {
		LandedKey key = Objects.requireNonNull(shown().key());
		String one = key.row().get(this.statements.one());
		RawRow row = (one != null) ? this.rows.find(one) : null;
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
		RawRow row = this.rows.find(this.rows.one(before.row));
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

	/**
	 * {@return whether it changed the row; false: it changed none}
	 */
	private boolean change(StatementText statement, StatementValues values) {
		this.shown = null;
		try (PreparedStatement change = this.transaction.prepare(statement.sql())) {
			values.set(change, statement);
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

	private static void requireSame(StatementText statement, KeyRecord before, @Nullable KeyRecord after,
			Set<KeyColumn> changing) {
		String changed = (after != null) ? Difference.between(before, after, changing) : null;
		if (changed != null) {
			throw Failure.configuration(statement.file() + ": changes more than whether the key is on: " + changed
					+ "; it was rolled back: let it change only that");
		}
	}

	private CurrentKey current() {
		return new CurrentKey(find(), (end) -> this.transaction.isPast(end, this.table.text().file()));
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
