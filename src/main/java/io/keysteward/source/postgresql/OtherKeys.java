package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * The states of a source's other keys, as one transaction sees them. One updated row,
 * such as a service account's, can switch many keys.
 *
 * @param states for each key a hash of its id, status and end; sorted
 */
public record OtherKeys(long[] states) {

	private static final int ROWS_AT_ONCE = 10_000;

	/**
	 * {@return the current states of the other keys}
	 * @param select the statement that reads the hashes
	 * @param file the select's file for messages
	 */
	static OtherKeys read(SourceTransaction transaction, String select, String file) {
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
	 * {@return the keys that are missing or different there}
	 */
	public OtherKeys without(OtherKeys there) {
		return new OtherKeys(Arrays.stream(this.states).filter((state) -> !there.contains(state)).toArray());
	}

	/**
	 * {@return the number of these keys that are the same there}
	 */
	long countIn(OtherKeys there) {
		return Arrays.stream(this.states).filter(there::contains).count();
	}

	/**
	 * {@return the number of the other keys}
	 */
	public long count() {
		return this.states.length;
	}

	public boolean isEmpty() {
		return this.states.length == 0;
	}

	private boolean contains(long state) {
		return Arrays.binarySearch(this.states, state) >= 0;
	}

}
