package io.keysteward.source.sql;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Properties;

import io.keysteward.key.Counted;
import io.keysteward.key.Failure;
import io.keysteward.key.ShownUrl;
import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says in one line what PostgreSQL refused, where to correct it, and whether trying again
 * may help.
 */
final class Faults {

	private final String source;

	private final Definition definition;

	private final SourceSettings.@Nullable Datasource datasource;

	Faults(String source, Definition definition, SourceSettings.@Nullable Datasource datasource) {
		this.source = source;
		this.definition = definition;
		this.datasource = datasource;
	}

	/**
	 * {@return what went wrong before a statement of the definition ran}
	 */
	Failure connecting(SQLException ex) {
		SQLException told = told(ex);
		String said = said(told) + host(told);
		if (passes(told)) {
			return Failure.retry("source '" + this.source + "': " + property("url") + ": " + said
					+ "; start the run again once the database answers", ex);
		}
		String state = state(told);
		if (state.startsWith("28")) {
			return Failure.configuration(property("username") + " and password: " + said + "; correct them", ex);
		}
		return Failure.configuration(property("url") + ": " + said + "; correct the datasource", ex);
	}

	/**
	 * {@return what went wrong in a statement of the definition; without the server's own
	 * exception, which may quote a value}
	 * @param file the file's name and place
	 * @param line the line, or 0 where it is not known
	 */
	Failure running(SQLException ex, String file, long line) {
		SQLException told = told(ex);
		if (passes(told)) {
			return Failure.retry("source '" + this.source + "': " + file + ": " + said(told) + "; start the run again",
					ex);
		}
		String place = file + ((line > 0) ? ":" + line : "") + ": ";
		if (state(told).equals("42501")) {
			return Failure.configuration(place + said(told) + "; grant it to the role of " + property("username")
					+ ", see " + this.definition.file("grants.sql"));
		}
		return Failure.configuration(place + said(told) + "; correct the SQL, or choose the definition that fits the"
				+ " database of source '" + this.source + "'");
	}

	/**
	 * {@return what went wrong while rows were read}
	 * @param rows how many had been read
	 */
	Failure reading(SQLException ex, long rows) {
		SQLException told = told(ex);
		if (passes(told)) {
			return Failure.retry("source '" + this.source + "': reading ended after " + Counted.of(rows, "row") + ": "
					+ said(told) + "; start the run again", ex);
		}
		return running(ex, this.definition.file(Definition.SELECT), 0);
	}

	/**
	 * {@return where in the statement that was sent the server sees the fault, as an
	 * offset; -1 where it does not say}
	 */
	static int position(SQLException ex, String sent) {
		ServerErrorMessage server = (told(ex) instanceof PSQLException told) ? told.getServerErrorMessage() : null;
		if (server == null || server.getPosition() < 1) {
			return -1;
		}
		int characters = Math.min(server.getPosition() - 1, sent.codePointCount(0, sent.length()));
		return sent.offsetByCodePoints(0, characters);
	}

	/** The driver does not name it where its name is unknown or TLS is refused. */
	private String host(SQLException told) {
		boolean answered = told instanceof PSQLException fault && fault.getServerErrorMessage() != null;
		Properties parsed = (this.datasource != null) ? Driver.parseURL(String.valueOf(this.datasource.url()), null)
				: null;
		String host = (parsed != null) ? PGProperty.PG_HOST.getOrDefault(parsed) : null;
		return (answered || host == null || said(told).contains(host)) ? "" : " (host " + host + ")";
	}

	private String property(String name) {
		return (this.datasource != null) ? "keysteward.sources[" + this.source + "].datasource." + name
				: "spring.datasource." + name;
	}

	/** A pool wraps what the driver said. */
	private static SQLException told(SQLException ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof PSQLException told) {
				return told;
			}
		}
		return ex;
	}

	private static boolean passes(SQLException ex) {
		String state = state(ex);
		return switch (state.substring(0, Math.min(2, state.length()))) {
			case "08", "40", "53", "58" -> true;
			case "57" -> !state.equals("57P04");
			default -> state.equals("55P03") || state.equals("25P03") || state.equals("25P04")
					|| ex instanceof SQLTransientException;
		};
	}

	private static String state(SQLException ex) {
		return (ex.getSQLState() != null) ? ex.getSQLState() : "";
	}

	/**
	 * The server's first line and its hint. Its detail is left out: it may hold a row;
	 * and so may what it quotes where a value could not be converted.
	 */
	private static String said(SQLException ex) {
		ServerErrorMessage server = (ex instanceof PSQLException told) ? told.getServerErrorMessage() : null;
		String message = ShownUrl.within(String.valueOf((server != null) ? server.getMessage() : ex.getMessage()));
		String hint = (server != null) ? server.getHint() : null;
		if (state(ex).startsWith("22") || state(ex).startsWith("P0")) {
			message = message.replaceAll("(?s)\".*\"", "\"…\"");
			hint = null;
		}
		String line = message.strip().lines().findFirst().orElse("no reason given").strip().replaceFirst("\\.$", "");
		return (hint != null) ? line + " (" + hint.strip().replaceFirst("\\.$", "") + ")" : line;
	}

}
