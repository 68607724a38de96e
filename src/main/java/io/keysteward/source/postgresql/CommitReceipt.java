package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.keysteward.source.KeySwitch.Fate;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a transaction for a later question: by server, timeline and transaction
 * number. The key's state does not show whether a commit is still to come.
 */
final class CommitReceipt {

	/** A column that {@code disable.sql} returns is unlikely to have this name. */
	static final String NAME = "keysteward.commit";

	private static final String SERVER = "SELECT system_identifier || '/'"
			+ " || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || '/' FROM pg_control_system()";

	/** A server rolls a transaction back a moment after its connection was cut. */
	private static final int MOMENTS = 10;

	private CommitReceipt() {
	}

	/**
	 * {@return the receipt of a transaction; null: the server does not identify itself}
	 */
	static @Nullable String read(SwitchTransaction transaction) throws SQLException {
		String server = server(transaction);
		if (server == null) {
			return null;
		}
		try (Statement statement = transaction.statement();
				ResultSet row = statement.executeQuery("SELECT txid_current()::text")) {
			row.next();
			return server + row.getString(1);
		}
	}

	/**
	 * {@return the fate of the transaction}
	 * @param receipt its receipt; null: none
	 * @param now another transaction of the same source
	 * @throws Failure where the transaction is still open
	 */
	static Fate fate(@Nullable String receipt, SwitchTransaction now) throws SQLException {
		String server = (receipt != null) ? server(now) : null;
		if (receipt == null || server == null || !receipt.startsWith(server)) {
			return Fate.UNKNOWN;
		}
		// The server forgets old transactions, and does not know future ones.
		long id = Long.parseLong(receipt.substring(server.length()));
		String status = status(id, now);
		for (int moment = 0; "in progress".equals(status) && moment < MOMENTS; moment++) {
			Refusable.text(now.connection(), "SELECT pg_sleep(0.1)::text");
			status = status(id, now);
		}
		if ("in progress".equals(status)) {
			throw Failure.retry(
					"the transaction that changes it is still open in its source; start again when it has ended", null);
		}
		return (status == null) ? Fate.UNKNOWN : status.equals("committed") ? Fate.COMMITTED : Fate.ROLLED_BACK;
	}

	private static @Nullable String status(long id, SwitchTransaction now) throws SQLException {
		return Refusable.text(now.connection(), "SELECT txid_status(?)", id);
	}

	private static @Nullable String server(SwitchTransaction transaction) throws SQLException {
		return Refusable.text(transaction.connection(), SERVER);
	}

}
