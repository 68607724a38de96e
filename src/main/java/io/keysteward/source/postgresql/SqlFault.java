package io.keysteward.source.postgresql;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTransientException;

import javax.net.ssl.SSLException;

import io.keysteward.text.ShownUrl;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A fault of PostgreSQL or its driver: its message, and whether it may pass.
 */
public final class SqlFault {

	private final SQLException exception;

	private final @Nullable ServerErrorMessage server;

	private SqlFault(SQLException exception) {
		this.exception = exception;
		this.server = (exception instanceof PSQLException driver) ? driver.getServerErrorMessage() : null;
	}

	/**
	 * {@return the fault of an exception}
	 * @param exception the driver's exception, or a pool's that wraps it
	 */
	public static SqlFault of(SQLException exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof PSQLException driver) {
				return new SqlFault(driver);
			}
		}
		return new SqlFault(exception);
	}

	/**
	 * {@return whether trying again may help}
	 */
	public boolean isTransient() {
		if (this.exception instanceof SQLTransientException) {
			return true;
		}
		return SqlStates.isTransient(state()) && (this.server != null || !isOfTheClient());
	}

	/**
	 * {@return whether the fault comes from the server, not the driver}
	 */
	public boolean isOfTheServer() {
		return this.server != null;
	}

	/**
	 * {@return the SQLSTATE; empty: none}
	 */
	public String state() {
		return (this.exception.getSQLState() != null) ? this.exception.getSQLState() : "";
	}

	/**
	 * The driver uses the same code for a dead network and an unreadable certificate.
	 * Faults on this side (TLS, its files, a class) do not pass.
	 */
	private boolean isOfTheClient() {
		Throwable cause = this.exception.getCause();
		if (cause == null) {
			// The certificate is for another host, others may read the key file, or
			// the server is not PostgreSQL.
			return state().equals("08006") || state().equals("08P01");
		}
		boolean tls = false;
		for (; cause != null; cause = cause.getCause()) {
			if (cause instanceof EOFException || cause instanceof SocketException) {
				return false;
			}
			if (cause instanceof GeneralSecurityException || cause instanceof FileNotFoundException
					|| cause instanceof FileSystemException || cause instanceof ReflectiveOperationException
					|| cause instanceof ClassCastException) {
				return true;
			}
			tls |= cause instanceof SSLException;
		}
		return tls;
	}

	/**
	 * {@return whether row security would have hidden rows; the server names the table}
	 */
	boolean isRowSecurity() {
		return state().equals("42501") && this.server != null && "check_enable_rls".equals(this.server.getRoutine());
	}

	/**
	 * {@return whether a statement or cursor of another session was used, as behind a
	 * pooler}
	 */
	boolean isOfAPooler() {
		return state().equals("26000") || state().equals("42P05") || state().equals("34000");
	}

	/**
	 * {@return whether the host's name is not known}
	 */
	boolean isUnknownHost() {
		return root() instanceof UnknownHostException;
	}

	/**
	 * {@return whether the server refused the commit, and so rolled back the transaction;
	 * it did not just stop answering}
	 */
	boolean isRefusedCommit() {
		String state = state();
		if (this.server == null) {
			// The driver's own state for a COMMIT that the server answered by
			// ROLLBACK.
			return state.equals("25P02");
		}
		return !state.equals("40003") && !state.startsWith("08") && !state.startsWith("57P") && !state.startsWith("58")
				&& !state.startsWith("XX");
	}

	/**
	 * {@return the offset of the fault in the sent statement; -1: the server does not
	 * name it}
	 */
	int position(String sent) {
		if (this.server == null || this.server.getPosition() < 1) {
			return -1;
		}
		int characters = Math.min(this.server.getPosition() - 1, sent.codePointCount(0, sent.length()));
		return sent.offsetByCodePoints(0, characters);
	}

	/**
	 * The first line of the server's message and its hint, without the detail and without
	 * quoted values of failed conversions, which may hold a row.
	 * @return one line without a full stop
	 */
	public String words() {
		if (this.server == null) {
			return ofTheDriver();
		}
		String message = ShownUrl.within(String.valueOf(this.server.getMessage()));
		String hint = this.server.getHint();
		if (state().startsWith("22") || state().startsWith("P0")) {
			message = message.replaceAll("(?s)\".*\"", "\"…\"");
			hint = null;
		}
		return (hint != null) ? line(message) + " (" + line(hint) + ")" : line(message);
	}

	/** The driver often names no cause, or only its class. */
	private String ofTheDriver() {
		String line = line(ShownUrl.within(String.valueOf(this.exception.getMessage())));
		Throwable root = root();
		String cause = (root instanceof UnknownHostException) ? "unknown host " + host(root)
				: (root instanceof ClassNotFoundException) ? "no class " + root.getMessage()
						: line(ShownUrl.within(String.valueOf(root.getMessage())));
		boolean repeats = root == this.exception || root.getMessage() == null || line.contains(cause)
				|| (cause.equals("Connection refused") && line.contains(" refused"));
		return repeats ? line : line + ": " + cause;
	}

	/** Some systems add text to the host's name. */
	private static String host(Throwable unknown) {
		return String.valueOf(unknown.getMessage()).split(":", 2)[0];
	}

	private Throwable root() {
		Throwable root = this.exception;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private static String line(String text) {
		return text.strip().lines().findFirst().orElse("no reason given").strip().replaceFirst("\\.$", "");
	}

}
