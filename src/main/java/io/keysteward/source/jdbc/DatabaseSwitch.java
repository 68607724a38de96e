package io.keysteward.source.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

import io.keysteward.source.KeySwitch;
import io.keysteward.source.landing.LandedKeys;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Switches keys in a foreign database by the definition's {@code disable.sql} and
 * {@code restore.sql}, in the database's dialect.
 */
final class DatabaseSwitch implements KeySwitch {

	/** The longest wait for another transaction that switches the same key. */
	private static final Duration WAIT = Duration.ofSeconds(5);

	/** A server lets go of what a connection has claimed a moment after it has ended. */
	private static final Duration LAST_WAIT = Duration.ofSeconds(1);

	private final String source;

	private final DatabaseSystem system;

	private final SwitchStatements statements;

	private final LandedKeys keys;

	private final Set<String> places;

	DatabaseSwitch(String source, DatabaseSystem system, SwitchStatements statements, LandedKeys keys,
			Set<String> places) {
		this.source = source;
		this.system = system;
		this.statements = statements;
		this.keys = keys;
		this.places = places;
	}

	/**
	 * Explains the statements, which takes the same rights as executing them.
	 */
	@Override
	public void probe() {
		try (DatabaseTransaction transaction = begin("probe", WAIT)) {
			keyChange(transaction, "");
			explain(transaction, this.statements.disable());
			explain(transaction, this.statements.restore());
		}
	}

	private static void explain(DatabaseTransaction transaction, StatementText statement) {
		try (PreparedStatement explained = transaction.prepare("EXPLAIN " + statement.sql())) {
			StatementValues.NONE.set(explained, statement);
			explained.execute();
		}
		catch (SQLException ex) {
			throw transaction.errors().running(ex, statement.file());
		}
	}

	@Override
	public @Nullable String rehearse(Order order) {
		String keyId = order.key().id().id();
		String changed = switchOff(order, (transaction, undo) -> {
			try {
				transaction.rollback(this.statements.disable().file());
			}
			catch (SQLException ex) {
				throw transaction.errors().running(ex, this.statements.disable().file());
			}
		});
		if (changed == null && !isOn(keyId)) {
			throw isOff("after it was rehearsed and rolled back");
		}
		return changed;
	}

	@Override
	public @Nullable String disable(Order order, Consumer<String> undo) {
		return switchOff(order, (transaction, text) -> {
			undo.accept(text);
			commit(transaction, this.statements.disable());
		});
	}

	private @Nullable String switchOff(Order order, Ending ending) {
		KeyChange key = null;
		try (DatabaseTransaction transaction = begin(order.key().id().id(), WAIT)) {
			key = keyChange(transaction, order.key().id().id());
			String changed = key.differenceFrom(order.key());
			if (changed != null) {
				return changed;
			}
			ending.of(transaction, key.switchOff(order));
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
	 * Tells a fault of the definition from a concurrent change of the key. If the key is
	 * off after our rollback, the failure says so.
	 * @param begun whether switching it off had begun
	 */
	private @Nullable String changedMeanwhile(Order order, Failure failure, boolean begun) {
		if (failure.kind() != Failure.Kind.CONFIGURATION) {
			return null;
		}
		String changed;
		boolean off;
		try (DatabaseTransaction transaction = beginReading()) {
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
		return Failure.configuration(this.statements.disable().file() + ": the key is off " + when
				+ ": either the statement changes something that cannot be rolled back, or somebody else switched"
				+ " the key off at that moment; check the key in its source");
	}

	@Override
	public boolean restore(Undo undo, Consumer<String> announce) {
		try (DatabaseTransaction transaction = begin(undo.keyId(), WAIT)) {
			String receipt = keyChange(transaction, undo.keyId()).switchOn(undo);
			if (receipt == null) {
				return false;
			}
			announce.accept(receipt);
			commit(transaction, this.statements.restore());
			return true;
		}
	}

	/** Reads the row when no transaction is switching the key any more. */
	@Override
	public Fate fate(String handedOver) {
		UndoText undo = UndoText.parse(handedOver);
		try (DatabaseTransaction transaction = begin((undo != null) ? undo.key() : "", LAST_WAIT)) {
			return (undo != null) ? keyChange(transaction, undo.key()).fate(undo) : Fate.UNKNOWN;
		}
	}

	@Override
	public boolean isOn(String keyId) {
		try (DatabaseTransaction transaction = beginReading()) {
			return !keyChange(transaction, keyId).isOff();
		}
	}

	/** Runs restore.sql and rolls it back: only the definition can tell. */
	@Override
	public boolean disabledBy(Undo undo) {
		try (DatabaseTransaction transaction = begin(undo.keyId(), WAIT)) {
			KeyChange key = keyChange(transaction, undo.keyId());
			return key.isOff() && key.switchOn(undo) != null;
		}
	}

	private DatabaseTransaction begin(String keyId, Duration wait) {
		return requirePlace(this.system.connector().beginSwitch("keysteward:" + name(keyId), wait));
	}

	private String name(String keyId) {
		return Sha256.of(this.source.length() + this.source + keyId).substring(0, 40);
	}

	private DatabaseTransaction beginReading() {
		return requirePlace(this.system.connector().beginSnapshot());
	}

	/** Another place may have another key with the same id. */
	private DatabaseTransaction requirePlace(DatabaseTransaction transaction) {
		try {
			if (!this.places.isEmpty()) {
				String now = this.system.place(transaction).text();
				if (!this.places.contains(now)) {
					throw transaction.errors().moved(now, String.join(" or ", this.places));
				}
			}
			return transaction;
		}
		catch (RuntimeException ex) {
			transaction.close();
			throw ex;
		}
	}

	private KeyChange keyChange(DatabaseTransaction transaction, String keyId) {
		return KeyChange.begin(this.statements, transaction, this.system.reading(transaction, true), this.keys, keyId);
	}

	private static void commit(DatabaseTransaction transaction, StatementText statement) {
		try {
			transaction.commit();
		}
		catch (SQLException ex) {
			throw transaction.errors().committing(ex, statement.file());
		}
	}

	/** The end of a change: commit or rollback. */
	private interface Ending {

		void of(DatabaseTransaction transaction, String undo);

	}

}
