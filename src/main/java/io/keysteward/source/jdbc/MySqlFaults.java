package io.keysteward.source.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * The errors of MySQL and its relatives, by their numbers.
 */
final class MySqlFaults implements DatabaseFaults {

	/**
	 * Errors that may pass: concurrent changes, locks, deadlocks, too many connections,
	 * statements ended by an operator or a time limit; OceanBase's time limits and old
	 * snapshots.
	 */
	private static final Set<Integer> PASSING = Set.of(1020, 1040, 1053, 1203, 1205, 1213, 1317, 1927, 1969, 3024, 3572,
			4012, 4031, 4138);

	/**
	 * Errors after which a commit may have happened: shutdown, a killed session, a failed
	 * commit.
	 */
	private static final Set<Integer> IN_DOUBT = Set.of(1053, 1180, 1927);

	private static final Set<Integer> LOGIN = Set.of(1045, 1698, 1820, 1862);

	private static final Set<Integer> RIGHTS = Set.of(1044, 1142, 1143, 1227, 1345, 1356, 1370);

	/** Errors that quote only names of columns, tables and users. */
	private static final Set<Integer> QUOTING_NAMES = Set.of(1044, 1045, 1046, 1049, 1051, 1054, 1060, 1109, 1142, 1143,
			1146, 1193, 1227, 1305, 1345, 1356, 1370, 1698);

	private static final int SYNTAX = 1064;

	@Override
	public boolean isTransient(SQLException fault) {
		if (PASSING.contains(fault.getErrorCode())) {
			return true;
		}
		String state = String.valueOf(fault.getSQLState());
		if (state.startsWith("40")) {
			return true;
		}
		return state.startsWith("08") && !state.equals("08004") && !ErrorCause.isOfTls(fault)
				&& (!state.equals("08001") || ErrorCause.isOfTheNetwork(fault));
	}

	@Override
	public boolean isLogin(SQLException fault) {
		return LOGIN.contains(fault.getErrorCode()) || "28000".equals(fault.getSQLState());
	}

	@Override
	public boolean isMissingRight(SQLException fault) {
		return RIGHTS.contains(fault.getErrorCode());
	}

	/** An error with a server's number is the server's answer. */
	@Override
	public boolean isRefusedCommit(SQLException fault) {
		String state = String.valueOf(fault.getSQLState());
		return fault.getErrorCode() >= 1000 && fault.getErrorCode() < 2000 && !state.startsWith("08")
				&& !IN_DOUBT.contains(fault.getErrorCode());
	}

	@Override
	public String message(SQLException fault) {
		String line = ErrorCause.line(fault).replaceFirst("^\\(conn=\\d+\\) ", "");
		if (fault.getErrorCode() == SYNTAX) {
			// A quoted text may be a parameter's value.
			return line.replaceFirst(" near '.*", " near '…'");
		}
		boolean names = fault.getErrorCode() <= 0 || QUOTING_NAMES.contains(fault.getErrorCode());
		return names ? line : line.replaceAll("'.*'", "'…'").replaceAll("\".*\"", "\"…\"");
	}

}
