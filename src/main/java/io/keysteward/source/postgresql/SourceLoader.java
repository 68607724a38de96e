package io.keysteward.source.postgresql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.keysteward.source.KeySource;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.DefinitionReader;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The configured sources, each with its definition. Loading reads files and connects to
 * nothing.
 */
public class SourceLoader {

	private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

	private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);

	private final DefinitionReader definitions;

	private final DataSource governance;

	public SourceLoader(Path configDirectory, DataSource governance) {
		this.definitions = new DefinitionReader(configDirectory);
		this.governance = governance;
	}

	/**
	 * {@return the sources, in the order of their settings}
	 * @param settings the entries of {@code keysteward.sources}
	 */
	public List<KeySource> load(List<SourceSettings> settings) {
		if (settings.isEmpty()) {
			throw Failure
				.configuration("keysteward.sources: is empty; name at least one source with id and definition");
		}
		List<KeySource> sources = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < settings.size(); i++) {
			KeySource source = load("keysteward.sources[" + i + "].", settings.get(i));
			if (!ids.add(source.id())) {
				throw Failure.configuration("keysteward.sources[" + i + "].id '" + source.id()
						+ "' is taken by an earlier source; give each its own id");
			}
			requireOther(settings.subList(0, i), settings.get(i), "keysteward.sources[" + i + "]");
			sources.add(source);
		}
		return List.copyOf(sources);
	}

	/**
	 * A key that is exempt under one name is not under the other. Other spellings of a
	 * place are found out when the sources are asked.
	 */
	private static void requireOther(List<SourceSettings> earlier, SourceSettings settings, String path) {
		earlier.stream().filter((other) -> place(other).equals(place(settings))).findFirst().ifPresent((other) -> {
			throw Failure.configuration(path + ": is the same definition on the same database as source '" + other.id()
					+ "', so every key would be there twice, and exempt only once; take one of the two out");
		});
	}

	private static List<String> place(SourceSettings settings) {
		SourceSettings.Datasource datasource = settings.datasource();
		return List.of(String.valueOf((settings.definition() != null) ? settings.definition() : settings.id()),
				(datasource != null) ? String.valueOf(datasource.url()) : "the governance database",
				(datasource != null) ? String.valueOf(datasource.username()) : "");
	}

	private KeySource load(String prefix, SourceSettings settings) {
		String id = id(prefix + "id", settings.id());
		Duration timeout = timeout(prefix + "statement-timeout", settings.statementTimeout());
		SourceSettings.Datasource datasource = settings.datasource();
		if (datasource != null) {
			check(prefix + "datasource.", datasource);
		}
		String name = (settings.definition() != null) ? settings.definition() : id;
		Definition definition = this.definitions.load(prefix + "definition", name);
		SqlErrorTranslator faults = new SqlErrorTranslator(id, definition, datasource);
		return new SqlKeySource(id, definition, new Connector(datasource, this.governance, timeout, definition, faults),
				faults);
	}

	private static String id(String property, @Nullable String id) {
		if (id == null || id.isBlank()) {
			throw Failure.configuration(property
					+ ": is required; write the name that reports shall show. Where the environment sets a part of a"
					+ " list, it has to set all of it: the one in the file does not count then");
		}
		if (!ID.matcher(id).matches()) {
			throw Failure.configuration(property + " '" + id
					+ "' is not allowed; write up to 63 lower-case letters, digits and hyphens, a letter or digit first");
		}
		return id;
	}

	private static Duration timeout(String property, @Nullable Duration timeout) {
		if (timeout == null) {
			return STATEMENT_TIMEOUT;
		}
		if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofDays(1)) > 0) {
			throw Failure.configuration(property + " '" + timeout + "' is not allowed; write 1s to 24h");
		}
		return timeout;
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
