package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.keysteward.key.KeyRecord;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Reads one key by {@code select.sql} in a transaction, with the code that reads the
 * inventory.
 */
final class KeyLookup {

	private final SqlDefinition definition;

	private final SourceTransaction transaction;

	private final String select;

	private final String selectOthers;

	private final ResultRows reader;

	private KeyLookup(String source, SqlDefinition definition, SourceTransaction transaction, DefinitionMatch fit) {
		this.definition = definition;
		this.transaction = transaction;
		this.select = new Columns(definition).selectKey(fit);
		this.selectOthers = new Columns(definition).selectOthers(fit);
		this.reader = new ResultRows(source, definition, fit);
	}

	/**
	 * {@return a lookup of the key in this transaction}
	 * @param keyId the key's id within the source
	 */
	static KeyLookup prepare(String source, SqlDefinition definition, SourceTransaction transaction, String keyId) {
		try {
			transaction.set("keysteward.key", keyId);
		}
		catch (SQLException ex) {
			throw transaction.faults().running(ex, definition.file(SqlDefinition.SELECT), 0);
		}
		return new KeyLookup(source, definition, transaction, DefinitionMatch.matchRows(definition, transaction));
	}

	/**
	 * {@return the key as the transaction sees it; null: it is not shown}
	 */
	@Nullable KeyRecord find() {
		try (Statement statement = this.transaction.statement(); ResultSet rows = statement.executeQuery(this.select)) {
			KeyRecord key = rows.next() ? this.reader.read(rows) : null;
			requireOneRow(rows);
			return key;
		}
		catch (SQLException ex) {
			throw this.transaction.faults().running(ex, this.definition.file(SqlDefinition.SELECT), 0);
		}
	}

	/**
	 * {@return whether the other keys are on, as the transaction sees them}
	 */
	OtherKeys others() {
		return OtherKeys.read(this.transaction, this.selectOthers, this.definition.file(SqlDefinition.SELECT));
	}

	/** With two rows, one may have been judged while the other is in use. */
	private void requireOneRow(ResultSet rows) throws SQLException {
		int more = 0;
		while (rows.next()) {
			more++;
		}
		if (more > 0) {
			throw Failure
				.configuration(this.definition.file(SqlDefinition.SELECT) + ": returns the key in " + (more + 1)
						+ " rows, of which each may say something else; it was left alone: return each key in one row");
		}
	}

}
