package io.keysteward.source.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a foreign database by its own driver, never by one that this JVM has
 * registered.
 */
final class DatabaseConnector {

	private final SourceSettings.Datasource datasource;

	private final FoundDriver driver;

	private final Dialect dialect;

	private final Duration longest;

	private final DatabaseErrors errors;

	DatabaseConnector(SourceSettings.Datasource datasource, FoundDriver driver, Dialect dialect, Duration longest,
			DatabaseErrors errors) {
		this.datasource = datasource;
		this.driver = driver;
		this.dialect = dialect;
		this.longest = longest;
		this.errors = errors;
	}

	/**
	 * {@return a read-only transaction that sees one state of the database}
	 */
	DatabaseTransaction beginSnapshot() {
		return begin(null, Duration.ZERO);
	}

	/**
	 * {@return a transaction that may change one key; it sees one state of the database,
	 * except for its own changes}
	 * @param name a name that it claims until it ends
	 * @param wait how long to wait for another transaction with that name
	 */
	DatabaseTransaction beginSwitch(String name, Duration wait) {
		return begin(name, wait);
	}

	private DatabaseTransaction begin(@Nullable String name, Duration wait) {
		Connection connection = connect(name != null);
		DatabaseTransaction transaction = new DatabaseTransaction(connection, this.driver, this.dialect, this.errors);
		try {
			if (name != null && !this.dialect.claim(connection, name, wait)) {
				throw this.errors.claimed();
			}
			transaction.begin(name != null, this.longest);
			return transaction;
		}
		catch (SQLException ex) {
			transaction.close();
			throw this.errors.connecting(ex);
		}
		catch (Failure failure) {
			transaction.close();
			throw failure;
		}
		catch (LinkageError ex) {
			throw this.errors.linking(ex, this.driver.jar());
		}
	}

	private Connection connect(boolean writing) {
		String url = String.valueOf(this.datasource.url());
		Properties properties = this.dialect.properties(writing, this.longest);
		if (this.datasource.username() != null) {
			properties.setProperty("user", this.datasource.username());
		}
		if (this.datasource.password() != null) {
			properties.setProperty("password", this.datasource.password());
		}
		try {
			Connection connection = this.driver.driver().connect(url, properties);
			if (connection == null) {
				throw new SQLException("the driver " + this.driver.jar() + " does not accept this URL");
			}
			return connection;
		}
		catch (SQLException ex) {
			throw this.errors.connecting(ex);
		}
		catch (LinkageError ex) {
			throw this.errors.linking(ex, this.driver.jar());
		}
	}

}
