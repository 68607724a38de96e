package io.keysteward.source.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.keysteward.key.Failure;
import io.keysteward.source.KeySwitch;
import org.jspecify.annotations.Nullable;

/**
 * Switches keys by the definition's {@code disable.sql} and {@code restore.sql}.
 */
final class SqlKeySwitch implements KeySwitch {

	private static final Order NO_KEY = new Order("", new Seen(null, null, null, null, null, null, null), 0,
			Instant.EPOCH);

	private final Definition definition;

	private final SwitchSql disable;

	private final SwitchSql restore;

	private final Connector connector;

	private final Faults faults;

	SqlKeySwitch(Definition definition, Connector connector, Faults faults) {
		this.definition = definition;
		this.disable = Objects.requireNonNull(definition.disabling().disable());
		this.restore = Objects.requireNonNull(definition.disabling().restore());
		this.connector = connector;
		this.faults = faults;
	}

	/**
	 * To explain a statement takes the rights that it takes to execute it.
	 */
	@Override
	public void probe() {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			Set<String> returned = explain(transaction, this.disable, values(NO_KEY, Map.of()));
			Set<String> allowed = new HashSet<>(SwitchSql.OF_RESTORE);
			allowed.addAll(returned);
			this.restore.requireParameters(allowed, "key_id");
			returned.add("run_id");
			returned.remove("key_id");
			this.restore.requireMark(returned);
			explain(transaction, this.restore, values(NO_KEY, Map.of()));
		}
	}

	@Override
	public boolean disable(Order order, Consumer<Map<String, @Nullable String>> undo) {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			// Before, too: a select that leaves out what is off shows no row afterwards.
			requireOneRow(shown(transaction, order));
			Map<String, @Nullable String> returned = change(transaction, this.disable, values(order, Map.of()));
			if (returned == null) {
				return false;
			}
			ShownKey shown = shown(transaction, order);
			requireOneRow(shown);
			if (shown.works()) {
				throw Failure.configuration(this.disable.file() + ": " + this.definition.file(Definition.SELECT)
						+ " still shows the key as active after it; it was rolled back: correct one of the two");
			}
			if (!shown.isAs(order.seen())) {
				return false;
			}
			undo.accept(returned);
			commit(transaction, this.disable);
			return true;
		}
	}

	@Override
	public boolean restore(Order order, Map<String, @Nullable String> undo, Runnable announce) {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			if (!switchOn(transaction, order, undo)) {
				return false;
			}
			announce.run();
			commit(transaction, this.restore);
			return true;
		}
	}

	/** Tried and rolled back: only the definition knows how its system tells. */
	@Override
	public boolean disabledBy(Order order, Map<String, @Nullable String> undo) {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			return !shown(transaction, order).works() && switchOn(transaction, order, undo);
		}
	}

	private boolean switchOn(SwitchTransaction transaction, Order order, Map<String, @Nullable String> undo) {
		if (change(transaction, this.restore, values(order, undo)) == null) {
			return false;
		}
		if (shown(transaction, order).isOff()) {
			throw Failure.configuration(this.restore.file() + ": " + this.definition.file(Definition.SELECT)
					+ " still shows the key as switched off after it; it was rolled back: correct one of the two");
		}
		return true;
	}

	/** Of two rows one may have been judged, and the other one be in use. */
	private void requireOneRow(ShownKey shown) {
		int rows = shown.statuses().size();
		if (rows > 1) {
			throw Failure.configuration(this.definition.file(Definition.SELECT) + ": returns the key in " + rows
					+ " rows, of which each may say something else; it was left alone: return each key in one row");
		}
	}

	/** A statement that returns a row has not proved that it did anything. */
	private ShownKey shown(SwitchTransaction transaction, Order order) {
		try {
			return ShownKey.of(this.definition, transaction, order.keyId());
		}
		catch (SQLException ex) {
			throw this.faults.running(ex, this.definition.file(Definition.SELECT), 0);
		}
	}

	private Set<String> explain(SwitchTransaction transaction, SwitchSql statement,
			Map<String, @Nullable Object> values) {
		try (PreparedStatement described = statement.prepare(transaction.connection(), "", values);
				PreparedStatement explained = statement.prepare(transaction.connection(), "EXPLAIN ", values)) {
			ResultSetMetaData columns = described.getMetaData();
			explained.execute();
			Set<String> returned = new HashSet<>();
			for (int i = 1; columns != null && i <= columns.getColumnCount(); i++) {
				returned.add(columns.getColumnLabel(i));
			}
			return returned;
		}
		catch (SQLException ex) {
			throw this.faults.running(ex, statement.file(), 0);
		}
	}

	/**
	 * {@return what the statement returned of the one row that it changed; null: it
	 * changed none}
	 */
	private @Nullable Map<String, @Nullable String> change(SwitchTransaction transaction, SwitchSql statement,
			Map<String, @Nullable Object> values) {
		try (PreparedStatement change = statement.prepare(transaction.connection(), "", values)) {
			Map<String, @Nullable String> returned = new LinkedHashMap<>();
			int rows = change.execute() ? read(change.getResultSet(), returned) : change.getUpdateCount();
			if (rows > 1) {
				throw Failure.configuration(statement.file() + ": changed " + rows + " rows for one key; it was rolled"
						+ " back: correct its WHERE, it must change exactly one");
			}
			return (rows == 1) ? returned : null;
		}
		catch (SQLException ex) {
			throw this.faults.running(ex, statement.file(), 0);
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

	private static void commit(SwitchTransaction transaction, SwitchSql statement) {
		try {
			transaction.commit();
		}
		catch (SQLException ex) {
			throw new UnknownOutcome(statement.file() + ": the source did not confirm the change", ex);
		}
	}

	private static Map<String, @Nullable Object> values(Order order, Map<String, @Nullable String> undo) {
		Map<String, @Nullable Object> values = new HashMap<>(undo);
		values.put("key_id", order.keyId());
		values.put("created_at", order.seen().createdAt());
		values.put("last_used_at", order.seen().lastUsedAt());
		values.put("run_id", order.runId());
		values.put("as_of", order.asOf());
		return values;
	}

}
