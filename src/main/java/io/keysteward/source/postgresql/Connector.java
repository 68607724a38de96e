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
 * Connects to a source: its own database, or the governance database where it has none.
 */
final class Connector {

	/** Off: what would hide rows is an error of the statement that would not see them. */
	private static final String ROW_SECURITY = "row_security";

	private static final long CONNECT_SECONDS = 10;

	/** The server cancels first and says why; the socket only ends what hangs. */
	private static final long SOCKET_GRACE_SECONDS = 30;

	private final SourceSettings.@Nullable Datasource datasource;

	private final DataSource governance;

	private final Duration statementTimeout;

	private final SqlDefinition definition;

	private final SqlErrorTranslator faults;

	/** Where a switch may be made; empty: wherever the source is. */
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
	 * {@return the same connections, which change nothing anywhere else}
	 * @param allowed texts of places; empty: wherever the source is
	 */
	Connector at(Set<String> allowed) {
		return new Connector(this.datasource, this.governance, this.statementTimeout, this.definition, this.faults,
				allowed);
	}

	/**
	 * {@return a transaction that sees one state of the source and changes nothing}
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
	 * {@return a transaction that may change one key, where it was read}
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

	/** Another key may have the same id there. */
	private void requirePlace(String now) {
		if (!this.places.contains(now)) {
			throw this.faults.elsewhere(now, String.join(" or ", this.places));
		}
	}

	private Connection connection() {
		try {
			return (this.datasource != null) ? connect(this.datasource) : this.governance.getConnection();
		}
		catch (SQLException ex) {
			throw this.faults.connecting(ex);
		}
	}

	/**
	 * What the URL says wins over these defaults, but for user and password, which are
	 * settings of their own.
	 */
	private Connection connect(SourceSettings.Datasource own) throws SQLException {
		String url = String.valueOf(own.url());
		Properties properties = new Properties(Driver.parseURL(url, defaults()));
		properties.setProperty("user", String.valueOf(own.username()));
		if (own.password() != null) {
			properties.setProperty("password", own.password());
		}
		return DriverManager.getConnection(url.split("\\?", 2)[0], properties);
	}

	private Properties defaults() {
		Properties properties = new Properties();
		properties.setProperty("ApplicationName", "keysteward");
		properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
		properties.setProperty("loginTimeout", String.valueOf(3 * CONNECT_SECONDS));
		properties.setProperty("tcpKeepAlive", "true");
		// Whoever shares a pooler's session with this one must not find its statements.
		properties.setProperty("prepareThreshold", "0");
		properties.setProperty("socketTimeout",
				String.valueOf(this.statementTimeout.toSeconds() + SOCKET_GRACE_SECONDS));
		return properties;
	}

}
