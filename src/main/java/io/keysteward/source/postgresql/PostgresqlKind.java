package io.keysteward.source.postgresql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.keysteward.source.KeySource;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.StatementTimeout;
import io.keysteward.text.Failure;

/**
 * Sources in a PostgreSQL database: their own, or the governance database.
 */
public final class PostgresqlKind implements SourceKind {

	/** URLs of other databases, which are another kind of source. */
	private static final Pattern OTHERS = Pattern.compile("jdbc:(?!postgresql:)\\w+:");

	private final SqlDefinitionReader definitions;

	private final DataSource governance;

	public PostgresqlKind(Path configDirectory, DataSource governance) {
		this.definitions = new SqlDefinitionReader(configDirectory);
		this.governance = governance;
	}

	@Override
	public String setting() {
		return "datasource";
	}

	@Override
	public boolean isMeantBy(SourceSettings settings) {
		SourceSettings.Datasource datasource = settings.datasource();
		return settings.isInGovernanceDatabase()
				|| (datasource != null && !OTHERS.matcher(String.valueOf(datasource.url())).lookingAt());
	}

	@Override
	public KeySource load(String id, SourceSettings settings, String property) {
		Duration timeout = StatementTimeout.require(property + ".statement-timeout", settings.statementTimeout());
		SourceSettings.Datasource datasource = settings.datasource();
		if (datasource != null) {
			check(property + ".datasource.", datasource);
		}
		SqlDefinition definition = this.definitions.load(property + ".definition",
				Objects.requireNonNull(settings.definitionName()));
		SqlErrorTranslator faults = new SqlErrorTranslator(id, definition, datasource);
		return new SqlKeySource(id, definition, new Connector(datasource, this.governance, timeout, definition, faults),
				faults);
	}

	@Override
	public List<String> address(SourceSettings settings) {
		SourceSettings.Datasource datasource = settings.datasource();
		return (datasource != null) ? List.of(String.valueOf(datasource.url()), String.valueOf(datasource.username()))
				: List.of();
	}

	private static void check(String prefix, SourceSettings.Datasource datasource) {
		String url = datasource.url();
		if (url == null || url.isBlank()) {
			throw Failure.configuration(
					prefix + "url: is required; write jdbc:postgresql://host:port/database, or leave datasource out"
							+ " for the governance database");
		}
		if (PostgresqlUrl.holdsPassword(url)) {
			throw Failure.configuration(
					prefix + "url: holds a password; write it as " + prefix + "password, where it is kept secret");
		}
		PostgresqlUrl.fault(url, Map.of()).ifPresent((fault) -> {
			throw Failure.configuration(prefix + "url: " + fault);
		});
		if (datasource.username() == null || datasource.username().isBlank()) {
			throw Failure.configuration(prefix + "username: is required; write the role that reads");
		}
	}

}
