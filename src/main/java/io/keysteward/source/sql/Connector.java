package io.keysteward.source.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

import javax.sql.DataSource;

import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Connects to a source: its own database, or the governance database where it has none.
 */
final class Connector {

	private static final long CONNECT_SECONDS = 10;

	/** The server cancels first and says why; the socket only ends what hangs. */
	private static final long SOCKET_GRACE_SECONDS = 30;

	private final SourceSettings.@Nullable Datasource datasource;

	private final DataSource governance;

	private final Duration statementTimeout;

	private final Faults faults;

	Connector(SourceSettings.@Nullable Datasource datasource, DataSource governance, Duration statementTimeout,
			Faults faults) {
		this.datasource = datasource;
		this.governance = governance;
		this.statementTimeout = statementTimeout;
		this.faults = faults;
	}

	/**
	 * {@return the definition's SHA-256, and that of the place where it is applied: the
	 * same definition on another database is another source}
	 */
	String sha256(Definition definition) {
		if (this.datasource == null) {
			return definition.sha256();
		}
		String place = String.valueOf(this.datasource.url()).split("\\?", 2)[0];
		return Definitions.sha256(Map.of("database", place, "definition", definition.sha256()));
	}

	/**
	 * {@return a transaction that sees one state of the source and changes nothing}
	 */
	ReadTransaction begin() {
		return ReadTransaction.begin(connection(), this.statementTimeout, this.faults);
	}

	/**
	 * {@return a transaction that may change one key}
	 */
	SwitchTransaction beginSwitch() {
		return SwitchTransaction.begin(connection(), this.statementTimeout, this.faults);
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
		properties.setProperty("socketTimeout",
				String.valueOf(this.statementTimeout.toSeconds() + SOCKET_GRACE_SECONDS));
		return properties;
	}

}
