package io.keysteward.source.landing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

import io.keysteward.source.KeySource;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.postgresql.LandedSelect;
import io.keysteward.source.postgresql.LandingSession;
import io.keysteward.source.postgresql.PostgresqlUrl;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The database in which rows from outside PostgreSQL become temporary tables, and the
 * role that makes them and may do nothing else.
 */
public final class Landing {

	static final String SETTINGS = "keysteward.landing.datasource";

	static final String ROLE = "a role that may connect and make temporary tables and nothing else"
			+ " (keysteward_landing of config/sql/roles.sql)";

	private final LandingSettings settings;

	private final @Nullable String governanceUrl;

	private final @Nullable String governanceLogin;

	/**
	 * Creates it from the settings.
	 * @param governanceUrl the database, unless the settings name another one
	 * @param governanceLogin the role of the job, which must not land
	 */
	public Landing(LandingSettings settings, @Nullable String governanceUrl, @Nullable String governanceLogin) {
		this.settings = settings;
		this.governanceUrl = governanceUrl;
		this.governanceLogin = governanceLogin;
	}

	/**
	 * {@return a source whose rows are landed}
	 * @param id its id
	 * @param system the system with its rows
	 * @param timeout the longest that one statement may take
	 * @param more other texts that affect what a run does, such as the hash of a driver,
	 * by their names
	 */
	public KeySource source(String id, LandedDefinition definition, LandedSystem system, Duration timeout,
			Map<String, String> more) {
		return new LandedKeySource(id, definition, system, new SessionSource(id, definition, datasource(id), timeout),
				more);
	}

	/**
	 * {@return the finder of a source's single keys, as its switch gets it}
	 */
	LandedKeys keys(String id, LandedDefinition definition, Duration timeout) {
		return new LandedKeys(definition, new SessionSource(id, definition, datasource(id), timeout));
	}

	private SourceSettings.Datasource datasource(String id) {
		SourceSettings.Datasource own = this.settings.datasource();
		if (own == null || own.username() == null || own.username().isBlank()) {
			throw Failure.configuration(SETTINGS + ((own != null) ? ".username" : "") + ": is required, because the"
					+ " rows of source '" + id + "' are landed in temporary tables; run config/sql/roles.sql, give"
					+ " keysteward_landing a password, and write username and password here");
		}
		if (own.username().equals(this.governanceLogin)) {
			throw Failure.configuration(SETTINGS + ".username '" + own.username()
					+ "' is the role that runs the job, and select.sql could read everything that it may read; name"
					+ " " + ROLE);
		}
		String url = (own.url() != null && !own.url().isBlank()) ? own.url() : this.governanceUrl;
		PostgresqlUrl.fault(String.valueOf(url), Map.of()).ifPresent((fault) -> {
			throw Failure.configuration(SETTINGS + ".url: " + fault);
		});
		return new SourceSettings.Datasource(url, own.username(), own.password());
	}

	private DataSize maxSize() {
		return this.settings.maxSize();
	}

	/**
	 * Sessions of one source.
	 */
	final class SessionSource {

		private final String source;

		private final LandedSelect select;

		private final SourceSettings.Datasource datasource;

		private final Duration timeout;

		private SessionSource(String source, LandedDefinition definition, SourceSettings.Datasource datasource,
				Duration timeout) {
			this.source = source;
			this.select = definition.select();
			this.datasource = datasource;
			this.timeout = timeout;
		}

		/**
		 * {@return a session whose role may only land}
		 */
		LandingSession connect() {
			LandingSession session = LandingSession.connect(this.source, this.select, this.datasource, SETTINGS,
					this.timeout);
			try {
				LandingWall.violation(session.connection()).ifPresent((violation) -> {
					throw Failure.configuration(SETTINGS + ".username '" + this.datasource.username() + "' " + violation
							+ ": name " + ROLE);
				});
				return session;
			}
			catch (SQLException ex) {
				session.close();
				throw session.connecting(ex);
			}
			catch (RuntimeException ex) {
				session.close();
				throw ex;
			}
		}

		DataSize maxSize() {
			return Landing.this.maxSize();
		}

	}

}
