package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * Whether the other keys of a source are on, as one transaction sees it. One updated row
 * can switch many keys, such as the row of a service account.
 *
 * @param states a hash for each key of its id, its status and its end, sorted
 */
record OtherKeys(long[] states) {

	private static final int ROWS_AT_ONCE = 10_000;

	/**
	 * {@return the other keys' states now}
	 * @param select reads the hashes
	 * @param file the select's file, as messages name it
	 */
	static OtherKeys read(SwitchTransaction transaction, String select, String file) {
		try (Statement statement = transaction.statement()) {
			transaction.allowWholeSource();
			statement.setFetchSize(ROWS_AT_ONCE);
			OtherKeys keys = new OtherKeys(read(statement, select));
			transaction.allowOneKey();
			return keys;
		}
		catch (SQLException ex) {
			throw transaction.faults().running(ex, file, 0);
		}
	}

	private static long[] read(Statement statement, String select) throws SQLException {
		long[] states = new long[ROWS_AT_ONCE];
		int count = 0;
		try (ResultSet row = statement.executeQuery(select)) {
			while (row.next()) {
				if (count == states.length) {
					states = Arrays.copyOf(states, 2 * count);
				}
				states[count++] = row.getLong(1);
			}
		}
		states = Arrays.copyOf(states, count);
		Arrays.sort(states);
		return states;
	}

	/**
	 * {@return the keys that are not as they are there, or not there at all}
	 */
	OtherKeys without(OtherKeys there) {
		return new OtherKeys(Arrays.stream(this.states).filter((state) -> !there.contains(state)).toArray());
	}

	/**
	 * {@return how many of these keys are there, as they are here}
	 */
	long in(OtherKeys there) {
		return Arrays.stream(this.states).filter(there::contains).count();
	}

	boolean isEmpty() {
		return this.states.length == 0;
	}

	private boolean contains(long state) {
		return Arrays.binarySearch(this.states, state) >= 0;
	}

}
