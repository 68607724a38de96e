package io.keysteward.endurance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import io.keysteward.TestDatabase;
import io.keysteward.disabling.PauseSignal;

/**
 * A moment of a run that somebody waits for, and what holds the run there until it is
 * closed.
 */
interface PausePoint extends AutoCloseable {

	/**
	 * {@return whether it has come}
	 */
	boolean reached() throws Exception;

	/**
	 * {@return whether it holds the run for as long as the run lets itself be held}
	 */
	default boolean patient() {
		return false;
	}

	/** What becomes of what the process had asked for. */
	default void processGone() throws SQLException {
	}

	@Override
	default void close() throws SQLException {
	}

	/**
	 * {@return when a row is changed in a database; the one who changes it is held there}
	 * @param rollback whether the server, once the process is gone, drops what it was
	 * asked for rather than finish it
	 */
	static PausePoint sign(TestDatabase database, String trigger, boolean rollback) throws SQLException {
		PauseSignal sign = new PauseSignal(database, trigger);
		return new PausePoint() {
			@Override
			public boolean reached() throws SQLException {
				return sign.reached();
			}

			@Override
			public void processGone() throws SQLException {
				if (rollback) {
					sign.endSessions();
				}
			}

			@Override
			public void close() throws SQLException {
				sign.close();
			}
		};
	}

	/**
	 * {@return some time after a step has begun that has not begun yet, or when it is
	 * over if it is not that long; it is held there}
	 */
	static PausePoint into(TestDatabase governance, String step, Duration time) throws SQLException {
		Connection connection = governance.dataSource().getConnection();
		long before = executions(connection, step);
		PausePoint over = sign(governance, done(step), true);
		return new PausePoint() {

			private Instant end = Instant.MAX;

			@Override
			public boolean reached() throws Exception {
				if (this.end == Instant.MAX && executions(connection, step) > before) {
					this.end = Instant.now().plus(time);
				}
				return Instant.now().isAfter(this.end) || over.reached();
			}

			@Override
			public void processGone() throws SQLException {
				over.processGone();
			}

			@Override
			public void close() throws SQLException {
				over.close();
				connection.close();
			}
		};
	}

	/**
	 * {@return the trigger before Spring Batch notes that a step has ended}
	 */
	static String done(String execution) {
		return "BEFORE UPDATE ON keysteward.batch_step_execution FOR EACH ROW WHEN (NEW.step_name = '" + execution
				+ "' AND NEW.status = 'COMPLETED')";
	}

	private static long executions(Connection connection, String step) throws SQLException {
		try (var statement = connection
			.prepareStatement("SELECT count(*) FROM keysteward.batch_step_execution WHERE step_name = ?")) {
			statement.setString(1, step);
			try (var row = statement.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	/**
	 * {@return some time after now}
	 */
	static PausePoint after(Duration time) {
		Instant end = Instant.now().plus(time);
		return () -> Instant.now().isAfter(end);
	}

	/**
	 * {@return when a file is there whose whole name is like that}
	 */
	static PausePoint file(Path directory, Pattern name) {
		return () -> Files.isDirectory(directory)
				&& RecoveryAssertions.files(directory).stream().anyMatch(name.asMatchPredicate());
	}

}
