package io.keysteward.job;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.keysteward.lock.RunLocks;
import io.keysteward.source.postgresql.SqlFault;
import io.keysteward.text.Failure;
import io.keysteward.text.ShownUrl;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Turns what went wrong into the one line that an operator gets.
 */
public final class Failures {

	private static final Logger logger = LoggerFactory.getLogger(Failures.class);

	private Failures() {
	}

	/**
	 * {@return the failure among these exceptions: a foreseen one, else one made of them}
	 */
	static Failure translate(List<Throwable> exceptions) {
		List<Throwable> all = exceptions.stream().flatMap((exception) -> chain(exception).stream()).toList();
		Optional<Failure> foreseen = first(all, Failure.class);
		if (foreseen.isPresent()) {
			return foreseen.get();
		}
		Optional<OutOfMemoryError> memory = first(all, OutOfMemoryError.class);
		if (memory.isPresent()) {
			return Failure.notEnoughMemory(memory.get());
		}
		Optional<PSQLException> answer = first(all, PSQLException.class);
		if (answer.isPresent()) {
			return database(answer.get(), exceptions.get(0));
		}
		if (all.stream().anyMatch(Failures::isOfTheDatabase)) {
			return lost("the connection was lost", exceptions.get(0));
		}
		return exceptions.stream()
			.findFirst()
			.map(Failures::unexpected)
			.orElseGet(() -> Failure.retry("the run failed without saying why; see the log", null));
	}

	/**
	 * {@return the failure that the exception is or was caused by, else one made of it}
	 */
	public static Failure translate(Throwable exception) {
		return translate(List.of(exception));
	}

	private static Failure unexpected(Throwable exception) {
		logger.error("Unexpected {}", exception.getClass().getName(), exception);
		return Failure.retry("unexpected " + exception.getClass().getSimpleName() + "; the log has its stack trace",
				exception);
	}

	/**
	 * Sources speak for themselves, so that what is left is the governance database's.
	 */
	private static boolean isOfTheDatabase(Throwable exception) {
		return exception instanceof SQLException || exception instanceof DataAccessException
				|| exception instanceof TransactionException;
	}

	/**
	 * {@return the exception and what it was caused by; where a rollback failed too, what
	 * was to be rolled back goes first}
	 */
	private static List<Throwable> chain(Throwable exception) {
		List<Throwable> chain = new ArrayList<>();
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof TransactionSystemException system && system.getApplicationException() != null) {
				chain.addAll(chain(system.getApplicationException()));
			}
			chain.add(cause);
		}
		return chain;
	}

	private static <T> Optional<T> first(List<Throwable> exceptions, Class<T> type) {
		return exceptions.stream().filter(type::isInstance).map(type::cast).findFirst();
	}

	private static Failure lost(String message, Throwable exception) {
		return Failure.retry("spring.datasource.url: the governance database does not answer as it should: " + message
				+ "; see whether it runs, then start again: a run continues under its run key", exception);
	}

	/**
	 * {@return the primary message only: the detail of some errors is a whole row}
	 */
	public static String message(PSQLException sql) {
		ServerErrorMessage server = sql.getServerErrorMessage();
		String message = String.valueOf((server != null) ? server.getMessage() : sql.getMessage());
		return ShownUrl.within(message).replaceFirst("\\.$", "");
	}

	private static Failure database(PSQLException sql, Throwable exception) {
		String message = message(sql);
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
					+ "; grant it, or let the role that owns the schema keysteward make the tables: spring.flyway.user",
					exception);
			// A statement that a session has prepared is unknown to the next one, or
			// there already.
			case "26000", "42P05" -> RunLocks.sharedSessions(exception);
			case "KS001" -> Failure.retry("the connection that held this run's lock was lost (" + message
					+ "); nothing more was written: start the run again, it continues", exception);
			case "KS004" -> Failure.busy("this process has lost its lock, and another run has begun (" + message
					+ "); nothing more was written: see the command runs");
			case "40P01", "40001", "55P03" -> Failure.retry("spring.datasource.url: somebody else holds what this run"
					+ " needs in the governance database: " + message + "; end that session (pg_stat_activity shows"
					+ " it), then start again: a run continues under its run key", exception);
			case "57014" -> Failure.retry("spring.datasource.url: the governance database was too slow: " + message
					+ "; see what else it is doing, or allow more time (statement_timeout in"
					+ " spring.datasource.hikari.connection-init-sql), then start again: a run continues under its run"
					+ " key", exception);
			case "25006" -> RunLocks.takesNoWrites(message, exception);
			default -> other(SqlFault.of(sql), exception);
		};
	}

	private static Failure other(SqlFault fault, Throwable exception) {
		if (fault.isTransient()) {
			return lost(fault.words(), exception);
		}
		return fault.isOfTheServer() ? Failure.retry(
				"spring.datasource.url: the governance database refuses what this run does: " + fault.words()
						+ "; see what has been changed in it, then start again: a run continues under its" + " run key",
				exception)
				: Failure.configuration("spring.datasource.url: " + fault.words() + "; correct it", exception);
	}

}
