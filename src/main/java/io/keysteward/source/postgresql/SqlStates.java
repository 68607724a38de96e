package io.keysteward.source.postgresql;

import java.util.Set;

/**
 * The SQLSTATE codes of PostgreSQL for faults that may pass. Any other fault needs a
 * person, since a retry would fail for ever.
 */
final class SqlStates {

	/**
	 * Classes that pass: connections, rollbacks by the server, old snapshots, resources,
	 * operator's actions, system errors.
	 */
	private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58", "72");

	/** Exceptions that do not pass, unlike their class. */
	private static final Set<String> LASTING = Set.of(
			// One side requires what the other does not support.
			"08004",
			// A statement needs more than the server's settings allow.
			"53400",
			// The database was dropped; a file's name is too long.
			"57P04", "58P03");

	/** Exceptions that pass, unlike their class. */
	private static final Set<String> PASSING = Set.of(
			// A standby that may become a primary; sessions that waited too long.
			"25006", "25P03", "25P04",
			// A view that is not populated yet; objects in use or locked.
			"55000", "55006", "55P03",
			// Somebody else changed the same catalogue row, or dropped an object in
			// use.
			"XX000",
			// The server behind a foreign table is out of memory, or does not answer.
			"HV000", "HV001", "HV014", "HV00L", "HV00M", "HV00N");

	private SqlStates() {
	}

	/**
	 * {@return whether a retry may succeed after this state}
	 */
	static boolean isTransient(String state) {
		String sqlClass = state.substring(0, Math.min(2, state.length()));
		return PASSING.contains(state) || (CLASSES.contains(sqlClass) && !LASTING.contains(state));
	}

}
