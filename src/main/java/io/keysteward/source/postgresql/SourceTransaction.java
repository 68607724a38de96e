package io.keysteward.source.postgresql;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction in a source, as far as its statements are asked.
 */
sealed interface SourceTransaction permits ReadTransaction, SwitchTransaction {

	/**
	 * {@return a statement that runs SQL as it is written}
	 */
	Statement statement() throws SQLException;

	SqlErrorTranslator faults();

}
