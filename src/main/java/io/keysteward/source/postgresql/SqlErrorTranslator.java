package io.keysteward.source.postgresql;

import java.sql.SQLException;
import java.util.Properties;

import io.keysteward.source.KeySwitch;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.definition.Definition;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Translates PostgreSQL's errors into one line with the place to correct, and decides
 * whether trying again may help.
 */
final class SqlErrorTranslator {

	private final String source;

	private final SqlDefinition definition;

	private final SourceSettings.@Nullable Datasource datasource;

	/** The prefix of the connection's settings, for messages. */
	private final String settings;

	private final boolean landed;

	SqlErrorTranslator(String source, SqlDefinition definition, SourceSettings.@Nullable Datasource datasource) {
		this(source, definition, datasource,
				(datasource != null) ? "keysteward.sources[" + source + "].datasource" : "spring.datasource", false);
	}

	private SqlErrorTranslator(String source, SqlDefinition definition, SourceSettings.@Nullable Datasource datasource,
			String settings, boolean landed) {
		this.source = source;
		this.definition = definition;
		this.datasource = datasource;
		this.settings = settings;
		this.landed = landed;
	}

	/**
	 * {@return the translator for a source whose rows are landed}
	 * @param settings the prefix of the connection's settings, for messages
	 */
	static SqlErrorTranslator ofLanded(String source, SqlDefinition definition, SourceSettings.Datasource datasource,
			String settings) {
		return new SqlErrorTranslator(source, definition, datasource, settings, true);
	}

	/**
	 * {@return the failure for a fault before a statement of the definition ran}
	 */
	Failure connecting(SQLException ex) {
		SqlFault fault = SqlFault.of(ex);
		String words = fault.words() + host(fault);
		if (fault.isTransient()) {
			return Failure.retry("source '" + this.source + "': " + property("url") + ": " + words
					+ (fault.isUnknownHost() ? "; correct the name, or start the run again once it is known"
							: "; start the run again once the database answers"),
					ex);
		}
		if (fault.state().startsWith("28")) {
			return Failure.configuration(property("username") + " and password: " + words + "; correct them", ex);
		}
		return Failure.configuration(property("url") + ": " + words + advice(fault, "correct the datasource"), ex);
	}

	/**
	 * {@return the failure for a fault in a statement of the definition, without the
	 * server's exception, which may quote a value}
	 * @param file the file's path
	 * @param line the line; 0: not known
	 */
	Failure running(SQLException ex, String file, long line) {
		SqlFault fault = SqlFault.of(ex);
		// In a read-only transaction, 25006 is a fault of the statement.
		if (fault.isTransient() && !fault.state().equals("25006")) {
			return Failure
				.retry("source '" + this.source + "': " + file + ": " + fault.words() + "; start the run again", ex);
		}
		String place = file + ((line > 0) ? ":" + line : "") + ": ";
		return Failure.configuration(place + fault.words() + advice(fault, this.landed
				? "correct the SQL, or what " + this.definition.file(Definition.YAML) + " says of its tables"
				: "correct the SQL, or choose the definition that fits the database of source '" + this.source + "'"));
	}

	/**
	 * {@return the failure for a fault while rows were read}
	 * @param rows the number of rows before it
	 */
	Failure reading(SQLException ex, long rows) {
		SqlFault fault = SqlFault.of(ex);
		if (fault.isTransient() && !fault.state().equals("25006")) {
			return Failure.retry("source '" + this.source + "': reading ended after " + Plural.of(rows, "row") + ": "
					+ fault.words() + "; start the run again", ex);
		}
		return running(ex, this.definition.file(SqlDefinition.SELECT), 0);
	}

	/**
	 * {@return the exception for a failed commit: a failure if the server refused it;
	 * otherwise only the source knows the outcome}
	 */
	RuntimeException committing(SQLException ex, String file) {
		return SqlFault.of(ex).isRefusedCommit() ? running(ex, file, 0)
				: new KeySwitch.UnknownOutcome(file + ": the source did not confirm the change", ex);
	}

	/**
	 * {@return the failure for keys that were read at one place and would be switched at
	 * another}
	 */
	Failure elsewhere(String now, String before) {
		return Failure.configuration("source '" + this.source + "': is at another place than its keys were read from,"
				+ " and was left alone: " + now + "; it was " + before + "; correct " + property("url")
				+ ", or let a run read it there first");
	}

	private String advice(SqlFault fault, String otherwise) {
		if (fault.isRowSecurity()) {
			return ": row security would hide rows from " + role() + "; let it see every row (ALTER ROLE … BYPASSRLS),"
					+ " or, where it is to be judged by the rows that this role may see, write row-security: true in "
					+ this.definition.file(Definition.YAML);
		}
		if (this.landed && (fault.state().equals("42501") || fault.state().equals("25006"))) {
			return "; it may only read the landed tables: correct it";
		}
		if (fault.state().equals("42501")) {
			return "; grant it to the role of " + property("username") + ", see " + this.definition.file("grants.sql");
		}
		if (fault.isOfAPooler()) {
			return ": a pooler has given this session away in between; write prepareThreshold=0 into " + property("url")
					+ ", or name the database itself";
		}
		return fault.state().startsWith("XX")
				? "; the database of source '" + this.source + "' is damaged: let its administrator look at it"
				: "; " + otherwise;
	}

	private String role() {
		return (this.datasource != null) ? "role '" + this.datasource.username() + "' (" + property("username") + ")"
				: "the role of " + property("username");
	}

	/** The driver does not name the host if TLS is refused or nothing answers. */
	private String host(SqlFault fault) {
		Properties parsed = (this.datasource != null) ? Driver.parseURL(String.valueOf(this.datasource.url()), null)
				: null;
		String host = (parsed != null) ? PGProperty.PG_HOST.getOrDefault(parsed) : null;
		return (fault.isOfTheServer() || host == null || fault.words().contains(host)) ? "" : " (host " + host + ")";
	}

	private String property(String name) {
		return this.settings + "." + name;
	}

}
