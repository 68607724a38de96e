package io.keysteward.config;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

import io.keysteward.job.Failures;
import io.keysteward.text.Failure;
import org.postgresql.util.PSQLException;

import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Flyway's connection as the role that owns the tables: it waits no longer than the
 * job's, and its failures name that role's properties.
 */
final class MigrationDataSource extends DelegatingDataSource {

	private final String property;

	private final String url;

	private MigrationDataSource(DriverManagerDataSource target, String property, String url) {
		super(target);
		this.property = property;
		this.url = url;
	}

	/**
	 * {@return the connection; empty if the job's role owns the tables}
	 */
	static Optional<MigrationDataSource> of(Environment environment) {
		String user = environment.getProperty("spring.flyway.user", "");
		if (user.isBlank()) {
			return Optional.empty();
		}
		String property = environment.getProperty("spring.flyway.url", "").isBlank() ? "spring.datasource.url"
				: "spring.flyway.url";
		String url = environment.getProperty(property, "");
		DatabaseUrl.requireOfPostgresql(property, url, environment);
		DriverManagerDataSource target = new DriverManagerDataSource(url);
		target.setUsername(user);
		target.setPassword(environment.getProperty("spring.flyway.password"));
		target.setConnectionProperties(jobProperties(environment));
		return Optional.of(new MigrationDataSource(target, property, url));
	}

	/**
	 * The job's, without a limit for statements: a migration may take longer than any
	 * statement of a run.
	 */
	private static Properties jobProperties(Environment environment) {
		Properties properties = new Properties();
		properties.putAll(DatabaseUrl.driverProperties(environment));
		properties.remove("socketTimeout");
		return properties;
	}

	@Override
	public Connection getConnection() throws SQLException {
		try {
			return super.getConnection();
		}
		catch (PSQLException ex) {
			throw failure(ex);
		}
	}

	/**
	 * {@return that the role may log in; changes nothing}
	 */
	String verify() {
		try (Connection connection = getConnection()) {
			return connection.getMetaData().getUserName() + " may log in";
		}
		catch (SQLException ex) {
			throw Failures.translate(ex);
		}
	}

	private Failure failure(PSQLException ex) {
		if (String.valueOf(ex.getSQLState()).startsWith("28")) {
			return Failure.configuration("spring.flyway.user, spring.flyway.password: the governance database refuses"
					+ " them: " + Failures.message(ex) + "; correct them", ex);
		}
		Failure failure = Failures.translate(ex);
		if (this.property.equals("spring.datasource.url")) {
			return failure;
		}
		return failure.withMessage(failure.line().replace("spring.datasource.url", this.property) + " ("
				+ DatabaseUrl.place(this.url).orElse("") + ")");
	}

}
