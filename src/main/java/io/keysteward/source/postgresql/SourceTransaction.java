package io.keysteward.source.postgresql;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction in a source, for its statements.
 */
sealed interface SourceTransaction permits ReadTransaction, SwitchTransaction {

	/**
	 * {@return a statement that runs SQL without parsing it}
	 */
	Statement statement() throws SQLException;

	/**
	 * Sets a parameter for the duration of the transaction.
	 */
	void set(String parameter, String value) throws SQLException;

	/**
	 * Sets the timeout for statements that read the whole source; a transaction that
	 * reads has no other.
	 */
	default void allowWholeSource() throws SQLException {
	}

	/**
	 * Sets the timeout for statements about one key, where it is a shorter one.
	 */
	default void allowOneKey() throws SQLException {
	}

	SqlErrorTranslator faults();

}
