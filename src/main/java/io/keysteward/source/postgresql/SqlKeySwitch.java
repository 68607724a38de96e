package io.keysteward.source.postgresql;

import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.keysteward.source.KeySwitch;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Switches keys by the definition's {@code disable.sql} and {@code restore.sql}.
 */
final class SqlKeySwitch implements KeySwitch {

	private final String source;

	private final SqlDefinition definition;

	private final SwitchSql disable;

	private final SwitchSql restore;

	private final Connector connector;

	private final SqlErrorTranslator faults;

	SqlKeySwitch(String source, SqlDefinition definition, Connector connector, SqlErrorTranslator faults) {
		this.source = source;
		this.definition = definition;
		this.disable = Objects.requireNonNull(definition.disable());
		this.restore = Objects.requireNonNull(definition.restore());
		this.connector = connector;
		this.faults = faults;
	}

	/**
	 * Uses EXPLAIN, which needs the same rights as the statement, and null parameters,
	 * which fit every type.
	 */
	@Override
	public void probe() {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			Set<String> returned = explain(transaction, this.disable);
			Set<String> allowed = new HashSet<>(SwitchSql.OF_RESTORE);
			allowed.addAll(returned);
			this.restore.requireParameters(allowed, "key_id");
			returned.add("run_id");
			returned.remove("key_id");
			this.restore.requireMark(returned);
			explain(transaction, this.restore);
		}
	}

	@Override
	public @Nullable String rehearse(Order order) {
		String changed = switchOff(order, (transaction, undo) -> {
		});
		if (changed == null) {
			try (SwitchTransaction transaction = this.connector.beginSwitch()) {
				if (keyChange(transaction, order.key().id().id()).isOff()) {
					throw isOff("after it was rehearsed and rolled back");
				}
			}
		}
		return changed;
	}

	@Override
	public @Nullable String disable(Order order, Consumer<String> undo) {
		return switchOff(order, (transaction, text) -> {
			undo.accept(text);
			commit(transaction, this.disable);
		});
	}

	private @Nullable String switchOff(Order order, Ending ending) {
		KeyChange key = null;
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			key = keyChange(transaction, order.key().id().id());
			String changed = key.differenceFrom(order.key());
			if (changed != null) {
				return changed;
			}
			ending.end(transaction, key.switchOff(order));
			return null;
		}
		catch (Failure failure) {
			String changed = changedMeanwhile(order, failure, key != null && key.hasBegun());
			if (changed != null) {
				return changed;
			}
			throw failure;
		}
	}

	/**
	 * An apparent fault of the definition may be a concurrent change of the key. A key
	 * that is off after our rollback is never reported as left alone.
	 * @param begun whether switching off was begun
	 */
	private @Nullable String changedMeanwhile(Order order, Failure failure, boolean begun) {
		if (failure.kind() != Failure.Kind.CONFIGURATION) {
			return null;
		}
		String changed;
		boolean off;
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			KeyChange key = keyChange(transaction, order.key().id().id());
			changed = key.differenceFrom(order.key());
			off = begun && key.isOff();
		}
		catch (Failure another) {
			failure.addSuppressed(another);
			return null;
		}
		if (off) {
			throw isOff("although its change was rolled back (" + failure.line() + ")");
		}
		return changed;
	}

	private Failure isOff(String when) {
		return Failure.configuration(this.disable.file() + ": the key is off " + when + ": either the statement acts"
				+ " outside of its transaction, such as by dblink, or somebody else switched the key off in that moment;"
				+ " look at the key in its source, and let the statement change tables of this database only");
	}

	@Override
	public boolean restore(Undo undo, Consumer<String> announce) {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			if (!keyChange(transaction, undo.keyId()).switchOn(undo)) {
				return false;
			}
			announce.accept(UndoText.of(Map.of(), CommitReceipt.read(transaction)));
			commit(transaction, this.restore);
			return true;
		}
		catch (SQLException ex) {
			throw this.faults.running(ex, this.restore.file(), 0);
		}
	}

	@Override
	public Fate fate(String handedOver) {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			return CommitReceipt.fate(UndoText.values(handedOver).get(CommitReceipt.NAME), transaction);
		}
		catch (SQLException ex) {
			throw this.faults.connecting(ex);
		}
	}

	@Override
	public boolean isOn(String keyId) {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			return !keyChange(transaction, keyId).isOff();
		}
	}

	/**
	 * Runs {@code restore.sql} and rolls it back, since only the definition knows the
	 * system's marks.
	 */
	@Override
	public boolean disabledBy(Undo undo) {
		try (SwitchTransaction transaction = this.connector.beginSwitch()) {
			KeyChange key = keyChange(transaction, undo.keyId());
			return key.isOff() && key.switchOn(undo);
		}
	}

	private KeyChange keyChange(SwitchTransaction transaction, String keyId) {
		return new KeyChange(this.definition, this.disable, this.restore, transaction,
				KeyLookup.prepare(this.source, this.definition, transaction, keyId));
	}

	private Set<String> explain(SwitchTransaction transaction, SwitchSql statement) {
		Map<String, @Nullable Object> nothing = new HashMap<>(Map.of("run_id", 0L, "as_of", Instant.EPOCH));
		try (PreparedStatement described = statement.prepare(transaction.connection(), "", nothing);
				PreparedStatement explained = statement.prepare(transaction.connection(), "EXPLAIN ", nothing)) {
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

	private void commit(SwitchTransaction transaction, SwitchSql statement) {
		try {
			transaction.commit();
		}
		catch (SQLException ex) {
			throw this.faults.committing(ex, statement.file());
		}
	}

	/** Ends a change that can be undone; without a commit it is rolled back. */
	private interface Ending {

		void end(SwitchTransaction transaction, String undo);

	}

}
