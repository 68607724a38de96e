package io.keysteward.source.postgresql;

import java.util.Set;

/**
 * PostgreSQL's list of SQLSTATE codes: which of them stand for what passes by itself, so
 * that trying again may help. What is not in the list does not pass: it is shown to a
 * person rather than tried for ever.
 */
final class SqlStates {

	/**
	 * Connections, rollbacks that are nobody's fault, snapshots that are too old,
	 * resources, whatever an operator does, the server's own system.
	 */
	private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58", "72");

	/** They do not pass, though most of their class does. */
	private static final Set<String> LASTING = Set.of(
			// Either side insists on what the other one does not have.
			"08004",
			// A statement needs more than the server's settings allow it.
			"53400",
			// The database was dropped, a file's name is too long.
			"57P04", "58P03");

	/** They pass, though most of their class does not. */
	private static final Set<String> PASSING = Set.of(
			// A standby that may become a primary; sessions that waited too long.
			"25006", "25P03", "25P04",
			// A view that is not populated yet, whatever is in use or locked.
			"55000", "55006", "55P03",
			// Somebody else changed the same catalogue row, or dropped what was in use.
			"XX000",
			// The server behind a foreign table is out of memory, or does not answer.
			"HV000", "HV001", "HV014", "HV00L", "HV00M", "HV00N");

	private SqlStates() {
	}

	/**
	 * {@return whether the state may have passed when it is tried again}
	 */
	static boolean pass(String state) {
		String sqlClass = state.substring(0, Math.min(2, state.length()));
		return PASSING.contains(state) || (CLASSES.contains(sqlClass) && !LASTING.contains(state));
	}

}
