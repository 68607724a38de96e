package io.keysteward.job;

import java.util.List;
import java.util.Optional;

import io.keysteward.key.Failure;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Turns what went wrong into the one line that an operator gets.
 */
public final class Failures {

	private static final Logger logger = LoggerFactory.getLogger(Failures.class);

	private Failures() {
	}

	/**
	 * {@return the failure among these exceptions: a foreseen one, else one made of the
	 * first}
	 */
	static Failure of(List<Throwable> exceptions) {
		Optional<Failure> foreseen = exceptions.stream().map(Failures::foreseen).flatMap(Optional::stream).findFirst();
		return foreseen.or(() -> exceptions.stream().findFirst().map(Failures::of))
			.orElseGet(() -> Failure.retry("the run failed without saying why; see the log", null));
	}

	/**
	 * {@return the failure that the exception is or was caused by, else one made of it}
	 */
	public static Failure of(Throwable exception) {
		Optional<Failure> foreseen = foreseen(exception);
		if (foreseen.isPresent()) {
			return foreseen.get();
		}
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof PSQLException sql) {
				return database(sql, exception);
			}
		}
		if (exception instanceof DataAccessException) {
			return Failure.retry("spring.datasource: the governance database failed: "
					+ exception.getClass().getSimpleName() + "; see whether it runs, then start again", exception);
		}
		logger.error("Unexpected {}", exception.getClass().getName(), exception);
		return Failure.retry("unexpected " + exception.getClass().getSimpleName() + "; the log has its stack trace",
				exception);
	}

	private static Optional<Failure> foreseen(Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof Failure failure) {
				return Optional.of(failure);
			}
		}
		return Optional.empty();
	}

	/** The primary message only: the detail of some errors is a whole row. */
	private static Failure database(PSQLException sql, Throwable exception) {
		ServerErrorMessage server = sql.getServerErrorMessage();
		String message = String.valueOf((server != null) ? server.getMessage() : sql.getMessage())
			.replaceFirst("\\.$", "");
		String state = String.valueOf(sql.getSQLState());
		return switch (state) {
			case "28P01", "28000" -> Failure.configuration(
					"spring.datasource.username, spring.datasource.password: the governance database refuses them: "
							+ message + "; correct them",
					exception);
			case "3D000" -> Failure.configuration(
					"spring.datasource.url: " + message + "; create the database or name the right one", exception);
			case "42P01", "3F000" ->
				Failure.configuration("spring.datasource.url: there are no tables of Keysteward in this database yet ("
						+ message + "); the first run creates them", exception);
			case "42501" -> Failure.configuration("spring.datasource.username: this role lacks a right: " + message
					+ "; grant it, or run as the role that owns the schema keysteward", exception);
			case "KS001" -> Failure.retry("the connection that held this run's lock was lost (" + message
					+ "); nothing more was written: start the run again, it continues", exception);
			case "KS004" -> Failure.busy("this process has lost its lock, and another run has begun (" + message
					+ "); nothing more was written: see the command runs");
			default -> Failure.retry("spring.datasource.url: the governance database does not answer as it should: "
					+ message + "; see whether it runs, then start again", exception);
		};
	}

}
