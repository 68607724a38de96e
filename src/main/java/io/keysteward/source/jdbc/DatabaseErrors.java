package io.keysteward.source.jdbc;

import java.sql.SQLException;

import io.keysteward.source.KeySwitch;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

/**
 * Makes one line of a foreign database's error: what it refused, where to correct it, and
 * whether another try may help.
 */
final class DatabaseErrors {

	private final String source;

	private final String address;

	private final DatabaseFaults faults;

	/**
	 * Creates it for one source.
	 * @param source its id
	 * @param address its server or file
	 */
	DatabaseErrors(String source, String address, DatabaseFaults faults) {
		this.source = source;
		this.address = SafeText.visible(address);
		this.faults = faults;
	}

	/**
	 * {@return the failure of an error before a statement of the definition ran}
	 */
	Failure connecting(SQLException ex) {
		String message = this.faults.message(ex);
		if (this.faults.isTransient(ex)) {
			return Failure.retry("source '" + this.source + "': " + url() + message
					+ "; start the run again once the database answers", ex);
		}
		if (this.faults.isLogin(ex)) {
			return Failure.configuration(property("username") + " and password: " + message + "; correct them", ex);
		}
		return Failure.configuration(url() + message + "; correct the datasource", ex);
	}

	/**
	 * {@return the failure of a driver that cannot be linked, which shows only in use}
	 * @param jar the driver's jar
	 */
	Failure linking(LinkageError error, String jar) {
		return Failure.configuration(url() + "the driver " + jar + " cannot be used: " + DriverFolder.reason(error)
				+ "; put a version there that runs on Java " + Runtime.version().feature()
				+ ", and the jars that it needs", error);
	}

	/**
	 * {@return the failure of a statement of the definition, without the driver's own
	 * exception, which may quote a value}
	 * @param file the file's name
	 */
	Failure running(SQLException ex, String file) {
		String message = this.faults.message(ex);
		if (this.faults.isTransient(ex)) {
			return Failure.retry("source '" + this.source + "': " + file + ": " + message + "; start the run again",
					null);
		}
		return Failure.configuration(file + ": " + message
				+ (this.faults.isMissingRight(ex) ? "; grant it to the user of " + property("username")
						: "; correct the SQL, or choose the definition that fits the database of source '" + this.source
								+ "'"));
	}

	/**
	 * {@return the failure of a commit: nothing was changed if the database refused it;
	 * otherwise the result is unknown}
	 */
	RuntimeException committing(SQLException ex, String file) {
		return this.faults.isRefusedCommit(ex) ? running(ex, file)
				: new KeySwitch.UnknownOutcome(file + ": the source did not confirm the change", ex);
	}

	/**
	 * {@return the failure of a key that another transaction is switching}
	 */
	Failure claimed() {
		return Failure
			.retry("source '" + this.source + "': another transaction that switches this key is still open in it;"
					+ " start the run again when it has ended", null);
	}

	/**
	 * {@return the failure of a key that would be switched at another place than it was
	 * read}
	 */
	Failure moved(String now, String before) {
		return Failure.configuration("source '" + this.source + "': is at another place than its keys were read from,"
				+ " and was left alone: " + now + "; it was " + before + "; correct " + property("url")
				+ ", or let a run read it there first");
	}

	private String url() {
		return property("url") + " (" + this.address + "): ";
	}

	private String property(String name) {
		return "keysteward.sources[" + this.source + "].datasource." + name;
	}

}
