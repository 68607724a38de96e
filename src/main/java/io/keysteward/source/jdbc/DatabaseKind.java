package io.keysteward.source.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

import io.keysteward.source.KeySource;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.StatementTimeout;
import io.keysteward.source.landing.LandedDefinition;
import io.keysteward.source.landing.LandedDefinitionReader;
import io.keysteward.source.landing.Landing;
import io.keysteward.text.Failure;

/**
 * Sources that are databases other than PostgreSQL.
 */
public final class DatabaseKind implements SourceKind {

	private static final Pattern TAKEN = Pattern.compile("jdbc:(?!postgresql:)\\w+:");

	private final LandedDefinitionReader definitions;

	/** Finds the driver by the URL's property and the URL. */
	private final BiFunction<String, String, FoundDriver> drivers;

	private final Landing landing;

	/**
	 * Creates the kind.
	 * @param drivers the folder with the jars of drivers
	 * @param landing the database in which rows are landed
	 */
	public DatabaseKind(Path configDirectory, Path drivers, Landing landing) {
		this(configDirectory, new DriverFolder(drivers)::driver, landing);
	}

	DatabaseKind(Path configDirectory, BiFunction<String, String, FoundDriver> drivers, Landing landing) {
		this.definitions = new LandedDefinitionReader(configDirectory);
		this.drivers = drivers;
		this.landing = landing;
	}

	@Override
	public String setting() {
		return "datasource";
	}

	@Override
	public boolean isMeantBy(SourceSettings settings) {
		SourceSettings.Datasource datasource = settings.datasource();
		return datasource != null && TAKEN.matcher(String.valueOf(datasource.url())).lookingAt();
	}

	@Override
	public KeySource load(String id, SourceSettings settings, String property) {
		Duration longest = StatementTimeout.require(property + ".statement-timeout", settings.statementTimeout());
		SourceSettings.Datasource datasource = Objects.requireNonNull(settings.datasource());
		String url = String.valueOf(datasource.url());
		check(property + ".datasource.", url, datasource);
		FoundDriver driver = this.drivers.apply(property + ".datasource.url", url);
		LandedDefinition definition = this.definitions.load(property + ".definition",
				Objects.requireNonNull(settings.definitionName()));
		Dialect dialect = Dialect.of(url);
		String address = JdbcUrl.address(url);
		DatabaseConnector connector = new DatabaseConnector(datasource, driver, dialect, longest,
				new DatabaseErrors(id, address, dialect.faults()));
		DatabaseSystem system = new DatabaseSystem(id, address, definition, connector, dialect);
		return this.landing.source(id, definition, system, longest, Map.of("driver", driver.sha256()));
	}

	private static void check(String prefix, String url, SourceSettings.Datasource datasource) {
		if (JdbcUrl.holdsPassword(url)) {
			throw Failure.configuration(prefix + "url: holds a user or a password; write them as " + prefix
					+ "username and password, where they are kept secret");
		}
		JdbcUrl.fault(url).ifPresent((fault) -> {
			throw Failure.configuration(prefix + "url: " + fault);
		});
		boolean named = datasource.username() != null && !datasource.username().isBlank();
		if (Dialect.of(url).hasUsers() && !named) {
			throw Failure.configuration(prefix + "username: is required; write the database user that reads");
		}
		if (!Dialect.of(url).hasUsers() && (named || datasource.password() != null)) {
			throw Failure.configuration(prefix + "username: SQLite has no users; remove it and the password");
		}
	}

	@Override
	public List<String> address(SourceSettings settings) {
		SourceSettings.Datasource datasource = Objects.requireNonNull(settings.datasource());
		return List.of(String.valueOf(datasource.url()), String.valueOf(datasource.username()));
	}

}
