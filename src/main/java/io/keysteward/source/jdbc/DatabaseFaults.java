package io.keysteward.source.jdbc;

import java.sql.SQLException;

/**
 * What the errors of one foreign database mean.
 */
interface DatabaseFaults {

	/**
	 * {@return whether another try may help}
	 */
	boolean isTransient(SQLException fault);

	/**
	 * {@return whether the login was refused}
	 */
	boolean isLogin(SQLException fault);

	/**
	 * {@return whether the user lacks a right}
	 */
	boolean isMissingRight(SQLException fault);

	/**
	 * {@return whether the database refused the commit, so that nothing was changed; a
	 * lost connection is no refusal}
	 */
	boolean isRefusedCommit(SQLException fault);

	/**
	 * {@return the database's message in one line, without quoted values}
	 */
	String message(SQLException fault);

}
