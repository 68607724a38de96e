package io.keysteward.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.keysteward.TestDatabase;

/**
 * Somebody else who works on a database, and holds what a run needs.
 */
final class LockHolder implements AutoCloseable {

	private final TestDatabase database;

	private final Connection connection;

	private CompletableFuture<Void> waiting = CompletableFuture.completedFuture(null);

	LockHolder(TestDatabase database) throws SQLException {
		this.database = database;
		this.connection = database.dataSource().getConnection();
		this.connection.setAutoCommit(false);
		does("SET deadlock_timeout = '60s'"); // The run is the one that gives way.
	}

	void does(String sql) {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Does it once somebody waits for what this one holds. */
	void doesWhenWaitedFor(String sql) {
		this.waiting = CompletableFuture.runAsync(() -> {
			awaitWaiting();
			does(sql);
		});
	}

	private void awaitWaiting() {
		Instant end = Instant.now().plus(Duration.ofSeconds(60));
		while (this.database.jdbc()
			.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
			.query(Long.class)
			.single() == 0) {
			if (Instant.now().isAfter(end)) {
				throw new IllegalStateException("Nobody came");
			}
		}
	}

	/** Lets go of all, when nothing is waited for any more. */
	@Override
	public void close() {
		this.waiting.join();
		try (Connection ended = this.connection) {
			if (!ended.isClosed()) {
				ended.rollback();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
