package io.keysteward.source.postgresql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.CurrentKey;
import io.keysteward.source.Difference;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.KeySwitch.Undo;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * Changes one key in one transaction, reads it again, and counts the touched rows, since
 * a statement's own result proves nothing.
 */
final class KeyChange {

	/** Others may switch keys at the same moment. */
	private static final int ATTEMPTS = 3;

	private final SqlDefinition definition;

	private final SwitchSql disable;

	private final SwitchSql restore;

	private final SwitchTransaction transaction;

	private final KeyLookup key;

	private boolean begun;

	KeyChange(SqlDefinition definition, SwitchSql disable, SwitchSql restore, SwitchTransaction transaction,
			KeyLookup key) {
		this.definition = definition;
		this.disable = disable;
		this.restore = restore;
		this.transaction = transaction;
		this.key = key;
	}

	/**
	 * {@return the difference from the reading, in words; null: none}
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
	 * {@return whether switching off was begun, so that the key may be off}
	 */
	boolean hasBegun() {
		return this.begun;
	}

	/**
	 * Switches off the key, which must be unchanged since it was read.
	 * @return the undo, which was just rehearsed
	 */
	String switchOff(Order order) {
		try {
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				OtherKeys others = this.key.others();
				Savepoint start = this.transaction.savepoint();
				String undo = attempt(order);
				OtherKeys changed = others.without(this.key.others());
				if (changed.isEmpty()) {
					return undo;
				}
				this.transaction.rollbackTo(start);
				requireChangedByOthers(changed);
			}
		}
		catch (SQLException ex) {
			throw this.transaction.faults().running(ex, this.disable.file(), 0);
		}
		throw Failure
			.retry(this.disable.file() + ": other keys of the source were switched off or on by somebody else at"
					+ " the same time, each time; start the run again", null);
	}

	/** Differences that disappear after our rollback were made by our change. */
	private void requireChangedByOthers(OtherKeys changed) {
		long ours = changed.countIn(this.key.others());
		if (ours > 0) {
			throw Failure.configuration(this.disable.file() + ": switches " + Plural.of(ours, "other key")
					+ " too, by what " + this.definition.file(SqlDefinition.SELECT)
					+ " shows; it was rolled back: let it switch the one key :key_id, whatever else hangs on the"
					+ " same row");
		}
	}

	private String attempt(Order order) throws SQLException {
		this.begun = true;
		TouchedRows before = TouchedRows.read(this.transaction);
		Map<String, @Nullable String> returned = change(this.disable, values(order));
		if (returned == null) {
			throw Failure.configuration(this.disable.file() + ": changed no row, although "
					+ this.definition.file(SqlDefinition.SELECT)
					+ " shows the key as it was read; it was left alone: correct its WHERE, or look for a trigger that"
					+ " keeps the row as it is");
		}
		CurrentKey off = current();
		if (!off.isOff()) {
			throw Failure.configuration(this.disable.file() + ": " + this.definition.file(SqlDefinition.SELECT)
					+ " still shows the key as active after it; it was rolled back: correct one of the two");
		}
		requireSame(this.disable, order.key(), off.key(), CurrentKey.SWITCHES);
		TouchedRows.read(this.transaction).since(before).requireOneKey(this.disable.file(), rows());
		String undo = UndoText.of(returned, CommitReceipt.read(this.transaction));
		rehearse(new Undo(order.key().id().id(), order.runId(), order.asOf(), undo), order.key());
		return undo;
	}

	/** Rehearses the undo, so that its faults show before it is needed. */
	private void rehearse(Undo undo, KeyRecord read) throws SQLException {
		Savepoint here = this.transaction.savepoint();
		if (!switchOn(undo)) {
			throw Failure.configuration(this.restore.file() + ": changed no row for a key that " + SqlDefinition.DISABLE
					+ " has just switched off, so nobody could switch it on again; all was rolled back: correct its"
					+ " WHERE");
		}
		CurrentKey on = current();
		if (on.isOff()) {
			throw stillOff();
		}
		requireSame(this.restore, read, on.key(), Set.of());
		this.transaction.rollbackTo(here);
		if (!isOff()) {
			throw Failure.configuration(this.restore.file() + ": what it does stays done when it is rolled back, so"
					+ " nobody can tell whether the key is off; let both statements change tables of this database");
		}
	}

	/**
	 * Switches the key on again.
	 * @return false: somebody has changed the key since, so nothing was changed
	 */
	boolean switchOn(Undo undo) {
		TouchedRows before = TouchedRows.read(this.transaction);
		KeyRecord off = this.key.find();
		if (change(this.restore, values(undo)) == null) {
			return false;
		}
		CurrentKey on = current();
		// The key may have expired in the meantime.
		if (!on.isSwitchedOn()) {
			throw stillOff();
		}
		if (off != null) {
			requireSame(this.restore, off, on.key(), CurrentKey.SWITCHES);
		}
		TouchedRows.read(this.transaction).since(before).requireOneKey(this.restore.file(), rows());
		return true;
	}

	private int rows() {
		return this.definition.rows();
	}

	private Failure stillOff() {
		return Failure.configuration(this.restore.file() + ": " + this.definition.file(SqlDefinition.SELECT)
				+ " still shows the key as switched off after it; it was rolled back: correct one of the two");
	}

	private static void requireSame(SwitchSql statement, KeyRecord before, @Nullable KeyRecord after,
			Set<KeyColumn> changing) {
		String changed = (after != null) ? Difference.between(before, after, changing) : null;
		if (changed != null) {
			throw Failure.configuration(statement.file() + ": changes more than whether the key is on: " + changed
					+ "; it was rolled back: correct it");
		}
	}

	private CurrentKey current() {
		return new CurrentKey(this.key.find(), this::isPast);
	}

	private boolean isPast(Instant end) {
		try {
			return this.transaction.isPast(end);
		}
		catch (SQLException ex) {
			throw this.transaction.faults().running(ex, this.definition.file(SqlDefinition.SELECT), 0);
		}
	}

	/**
	 * {@return the values that the statement returned for the changed row; null: it
	 * changed none}
	 */
	private @Nullable Map<String, @Nullable String> change(SwitchSql statement, Map<String, @Nullable Object> values) {
		try (PreparedStatement change = statement.prepare(this.transaction.connection(), "", values)) {
			Map<String, @Nullable String> returned = new LinkedHashMap<>();
			int rows = change.execute() ? read(change.getResultSet(), returned) : change.getUpdateCount();
			if (rows > 1) {
				throw Failure.configuration(statement.file() + ": changed " + rows + " rows for one key; it was rolled"
						+ " back: correct its WHERE, it must change exactly one");
			}
			this.transaction.fireDeferredTriggers();
			return (rows == 1) ? returned : null;
		}
		catch (SQLException ex) {
			throw this.transaction.faults().running(ex, statement.file(), 0);
		}
	}

	private static int read(ResultSet rows, Map<String, @Nullable String> first) throws SQLException {
		int count = 0;
		while (rows.next()) {
			count++;
			for (int i = 1; count == 1 && i <= rows.getMetaData().getColumnCount(); i++) {
				first.put(rows.getMetaData().getColumnLabel(i), rows.getString(i));
			}
		}
		return count;
	}

	private static Map<String, @Nullable Object> values(Order order) {
		Map<String, @Nullable Object> values = new HashMap<>();
		values.put("key_id", order.key().id().id());
		values.put("created_at", order.key().createdAt());
		values.put("last_used_at", order.key().usage().lastUsedAt());
		values.put("run_id", order.runId());
		values.put("as_of", order.asOf());
		return values;
	}

	private static Map<String, @Nullable Object> values(Undo undo) {
		Map<String, @Nullable Object> values = new HashMap<>(UndoText.values(undo.values()));
		values.put("key_id", undo.keyId());
		values.put("run_id", undo.runId());
		values.put("as_of", undo.asOf());
		return values;
	}

}
