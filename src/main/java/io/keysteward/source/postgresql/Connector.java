package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

import javax.sql.DataSource;

import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Connects to a source: to its own database, else to the governance database.
 */
final class Connector {

	/** Off, so that hidden rows are an error of the statement. */
	private static final String ROW_SECURITY = "row_security";

	private static final long CONNECT_SECONDS = 10;

	/**
	 * The server cancels first, with a reason; the socket's timeout only ends hanging
	 * connections.
	 */
	private static final long SOCKET_GRACE_SECONDS = 30;

	private final SourceSettings.@Nullable Datasource datasource;

	private final DataSource governance;

	private final Duration statementTimeout;

	private final SqlDefinition definition;

	private final SqlErrorTranslator faults;

	/** The places where a key may be switched; empty: any place. */
	private final Set<String> places;

	Connector(SourceSettings.@Nullable Datasource datasource, DataSource governance, Duration statementTimeout,
			SqlDefinition definition, SqlErrorTranslator faults) {
		this(datasource, governance, statementTimeout, definition, faults, Set.of());
	}

	private Connector(SourceSettings.@Nullable Datasource datasource, DataSource governance, Duration statementTimeout,
			SqlDefinition definition, SqlErrorTranslator faults, Set<String> places) {
		this.datasource = datasource;
		this.governance = governance;
		this.statementTimeout = statementTimeout;
		this.definition = definition;
		this.faults = faults;
		this.places = places;
	}

	/**
	 * {@return the same connector, which changes keys at these places only}
	 * @param allowed texts of places; empty: any place
	 */
	Connector at(Set<String> allowed) {
		return new Connector(this.datasource, this.governance, this.statementTimeout, this.definition, this.faults,
				allowed);
	}

	/**
	 * {@return a read-only transaction on one snapshot of the source}
	 */
	ReadTransaction begin() {
		ReadTransaction transaction = ReadTransaction.begin(connection(), this.statementTimeout, this.faults);
		try {
			if (!this.definition.rowSecurity()) {
				transaction.set(ROW_SECURITY, "off");
			}
			return transaction;
		}
		catch (SQLException ex) {
			transaction.close();
			throw this.faults.connecting(ex);
		}
	}

	/**
	 * {@return a transaction that may change one key, at the place where it was read}
	 */
	SwitchTransaction beginSwitch() {
		SwitchTransaction transaction = SwitchTransaction.begin(connection(), this.statementTimeout, this.faults);
		try {
			if (!this.definition.rowSecurity()) {
				transaction.set(ROW_SECURITY, "off");
			}
			if (!this.places.isEmpty()) {
				requirePlace(PlaceReader.text(transaction.connection()));
			}
			return transaction;
		}
		catch (SQLException ex) {
			transaction.close();
			throw this.faults.connecting(ex);
		}
		catch (RuntimeException ex) {
			transaction.close();
			throw ex;
		}
	}

	/** At another place, another key may have the same id. */
	private void requirePlace(String now) {
		if (!this.places.contains(now)) {
			throw this.faults.elsewhere(now, String.join(" or ", this.places));
		}
	}

	private Connection connection() {
		try {
			return (this.datasource != null) ? connect(this.datasource, this.statementTimeout)
					: this.governance.getConnection();
		}
		catch (SQLException ex) {
			throw this.faults.connecting(ex);
		}
	}

	/**
	 * The URL overrides these defaults, except for user and password, which have settings
	 * of their own.
	 */
	static Connection connect(SourceSettings.Datasource own, Duration statementTimeout) throws SQLException {
		String url = String.valueOf(own.url());
		Properties properties = new Properties(Driver.parseURL(url, defaults(statementTimeout)));
		properties.setProperty("user", String.valueOf(own.username()));
		if (own.password() != null) {
			properties.setProperty("password", own.password());
		}
		return DriverManager.getConnection(url.split("\\?", 2)[0], properties);
	}

	private static Properties defaults(Duration statementTimeout) {
		Properties properties = new Properties();
		properties.setProperty("ApplicationName", "keysteward");
		properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
		properties.setProperty("loginTimeout", String.valueOf(3 * CONNECT_SECONDS));
		properties.setProperty("tcpKeepAlive", "true");
		// Behind a pooler, another client of the session must not find our statements.
		properties.setProperty("prepareThreshold", "0");
		properties.setProperty("socketTimeout", String.valueOf(statementTimeout.toSeconds() + SOCKET_GRACE_SECONDS));
		return properties;
	}

}
