package io.keysteward.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A lock that this process holds, with its token in the database.
 */
public final class RunLock implements AutoCloseable {

	private final Connection connection;

	private final long token;

	private final FencedDataSource fenced;

	RunLock(Connection connection, long token, FencedDataSource fenced) {
		this.connection = connection;
		this.token = token;
		this.fenced = fenced;
		fenced.add(token);
	}

	/** Releases the lock. */
	@Override
	public void close() {
		this.fenced.remove(this.token);
		try (Connection held = this.connection; Statement statement = held.createStatement()) {
			statement.execute("SELECT pg_advisory_unlock_all()");
		}
		catch (SQLException ex) {
			// The lock has ended with its connection.
		}
	}

}
