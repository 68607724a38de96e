package io.keysteward.disabling;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import io.keysteward.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Stops whoever changes a row in a database, at that very point, until it is taken away.
 */
public final class PauseSignal implements AutoCloseable {

	private static final long LOCK = 4711;

	private static final String WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
			+ " AND objid = " + LOCK
			+ " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

	private final TestDatabase database;

	private final Connection holder;

	/**
	 * Puts it up.
	 * @param when a trigger's event and condition, such as
	 * {@code BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.x = 1)}; may be deferred
	 */
	public PauseSignal(TestDatabase database, String when) throws SQLException {
		this.database = database;
		this.holder = database.dataSource().getConnection();
		sql("SELECT pg_advisory_lock(" + LOCK + ")");
		database.jdbc()
			.sql("""
					CREATE FUNCTION public.stop_sign() RETURNS trigger LANGUAGE plpgsql AS $$
					BEGIN
					  PERFORM pg_advisory_xact_lock_shared(%d);
					  RETURN NEW;
					END $$;
					CREATE %s EXECUTE FUNCTION public.stop_sign()
					""".formatted(LOCK,
					when.contains("DEFERR") ? "CONSTRAINT TRIGGER stop_sign " + when : "TRIGGER stop_sign " + when))
			.update();
	}

	/** Returns once somebody stands before it. */
	void await() throws InterruptedException {
		await(WAITING);
	}

	/**
	 * {@return whether somebody stands before it}
	 */
	public boolean reached() throws SQLException {
		try (var statement = this.holder.createStatement(); var row = statement.executeQuery(WAITING)) {
			return row.next() && row.getLong(1) > 0;
		}
	}

	/** Returns once somebody waits for another's row. */
	static void awaitRowLock(TestDatabase database) throws InterruptedException {
		new Waiting(database).await("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
				+ " AND wait_event_type = 'Lock' AND wait_event IN ('transactionid', 'tuple')");
	}

	/** The server notices that a client is gone, and rolls back. */
	public void endSessions() throws SQLException {
		sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = "
				+ LOCK);
	}

	/** Everybody goes on. */
	@Override
	public void close() throws SQLException {
		if (!this.holder.isClosed()) {
			this.holder.close();
		}
		this.database.jdbc().sql("DROP FUNCTION IF EXISTS public.stop_sign CASCADE").update();
	}

	private void await(String query) throws InterruptedException {
		new Waiting(this.database).await(query);
	}

	private void sql(String sql) throws SQLException {
		try (var statement = this.holder.createStatement()) {
			statement.execute(sql);
		}
	}

	private record Waiting(TestDatabase database) {

		private void await(String query) throws InterruptedException {
			SingleConnectionDataSource one = new SingleConnectionDataSource(this.database.url(),
					this.database.username(), this.database.password(), true);
			try {
				Instant end = Instant.now().plus(Duration.ofSeconds(90));
				while (JdbcClient.create(one).sql(query).query(Long.class).single() == 0) {
					if (Instant.now().isAfter(end)) {
						throw new IllegalStateException("Nobody came: " + query);
					}
					Thread.sleep(20);
				}
			}
			finally {
				one.destroy();
			}
		}

	}

}
