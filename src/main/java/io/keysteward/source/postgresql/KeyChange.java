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
import io.keysteward.key.KeyStatus;
import io.keysteward.source.Difference;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.KeySwitch.Undo;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * One key in one transaction: it is changed, looked at, and counted. What a statement
 * says of itself proves nothing.
 */
final class KeyChange {

	/** Others may switch keys in the moment in which we look. */
	private static final int ATTEMPTS = 3;

	/** By these a system says that a key is off. */
	static final Set<KeyColumn> SWITCHES = Set.of(KeyColumn.STATUS, KeyColumn.EXPIRES_AT);

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
	 * {@return what is not as it was read, in words; null: nothing}
	 */
	@Nullable String differenceFrom(KeyRecord read) {
		KeyRecord now = this.key.find();
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
		return isOff(this.key.find());
	}

	/**
	 * {@return whether the key was to be switched off: then it may be off}
	 */
	boolean hasBegun() {
		return this.begun;
	}

	/**
	 * Switches the key off, which is as it was read.
	 * @return what takes it back, as it was just done
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
				requireOthersChangedThem(changed);
			}
		}
		catch (SQLException ex) {
			throw this.transaction.faults().running(ex, this.disable.file(), 0);
		}
		throw Failure
			.retry(this.disable.file() + ": other keys of the source were switched off or on by somebody else at"
					+ " the same time, each time; start the run again", null);
	}

	/** What is as before once our change is taken back, our change had changed. */
	private void requireOthersChangedThem(OtherKeys changed) {
		long ours = changed.in(this.key.others());
		if (ours > 0) {
			throw Failure.configuration(this.disable.file() + ": switches " + Plural.of(ours, "other key")
					+ " too, by what " + this.definition.file(SqlDefinition.SELECT)
					+ " shows; it was rolled back: let it switch the one key :key_id, whatever else hangs on the same row");
		}
	}

	private String attempt(Order order) throws SQLException {
		this.begun = true;
		TouchedRows before = TouchedRows.by(this.transaction);
		Map<String, @Nullable String> returned = change(this.disable, values(order));
		if (returned == null) {
			throw Failure.configuration(this.disable.file() + ": changed no row, although "
					+ this.definition.file(SqlDefinition.SELECT)
					+ " shows the key as it was read; it was left alone: correct its WHERE, or look for a trigger that"
					+ " keeps the row as it is");
		}
		KeyRecord off = this.key.find();
		if (!isOff(off)) {
			throw Failure.configuration(this.disable.file() + ": " + this.definition.file(SqlDefinition.SELECT)
					+ " still shows the key as active after it; it was rolled back: correct one of the two");
		}
		requireSame(this.disable, order.key(), off, SWITCHES);
		TouchedRows.by(this.transaction).since(before).requireOneKey(this.disable.file(), rows());
		String undo = UndoText.of(returned, CommitReceipt.of(this.transaction));
		rehearse(new Undo(order.key().id().id(), order.runId(), order.asOf(), undo), order.key());
		return undo;
	}

	/** Whatever could not be walked just now will not be found out when it is needed. */
	private void rehearse(Undo undo, KeyRecord read) throws SQLException {
		Savepoint here = this.transaction.savepoint();
		if (!switchOn(undo)) {
			throw Failure.configuration(this.restore.file() + ": changed no row for a key that " + SqlDefinition.DISABLE
					+ " has just switched off, so nobody could switch it on again; all was rolled back: correct its"
					+ " WHERE");
		}
		KeyRecord on = this.key.find();
		if (isOff(on)) {
			throw notOn();
		}
		requireSame(this.restore, read, on, Set.of());
		this.transaction.rollbackTo(here);
		if (!isOff()) {
			throw Failure.configuration(this.restore.file() + ": what it does stays done when it is rolled back, so"
					+ " nobody can tell whether the key is off; let both statements change tables of this database");
		}
	}

	/**
	 * Switches the key on again.
	 * @return false: it is not as its run left it, and nothing was changed
	 */
	boolean switchOn(Undo undo) {
		TouchedRows before = TouchedRows.by(this.transaction);
		KeyRecord off = this.key.find();
		if (change(this.restore, values(undo)) == null) {
			return false;
		}
		KeyRecord on = this.key.find();
		// Meanwhile its time may have run out by itself.
		if (on == null || on.status() == null || on.status() == KeyStatus.DISABLED) {
			throw notOn();
		}
		if (off != null) {
			requireSame(this.restore, off, on, SWITCHES);
		}
		TouchedRows.by(this.transaction).since(before).requireOneKey(this.restore.file(), rows());
		return true;
	}

	private int rows() {
		return this.definition.rows();
	}

	private Failure notOn() {
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

	/** The inventory too takes a key whose end has passed for expired. */
	private boolean isOff(@Nullable KeyRecord key) {
		if (key == null || key.status() == KeyStatus.DISABLED || key.status() == KeyStatus.EXPIRED) {
			return true;
		}
		Instant end = key.expiresAt();
		try {
			return end != null && key.dataError() == null && this.transaction.isPast(end);
		}
		catch (SQLException ex) {
			throw this.transaction.faults().running(ex, this.definition.file(SqlDefinition.SELECT), 0);
		}
	}

	/**
	 * {@return what the statement returned of the one row that it changed; null: it
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
