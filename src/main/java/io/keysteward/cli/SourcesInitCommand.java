package io.keysteward.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.keysteward.config.KeystewardProperties;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.postgresql.TableProposal;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code sources init}: writes a first definition for a table.
 */
@Command(name = "init",
		description = { "Writes a first definition for a table of a PostgreSQL database, from the names",
				"and types of its columns. It is a proposal: what names cannot tell is marked",
				"TODO, above all which column is the last use and whether every use is recorded.",
				"check refuses the definition until each TODO is decided. The command reads no",
				"row of the table, and changes nothing in the database." })
final class SourcesInitCommand implements Callable<Integer> {

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

	private final ContextStarter application;

	@ArgGroup(multiplicity = "1")
	private Where where;

	@Option(names = "--table", paramLabel = "TABLE", required = true,
			description = "The table, with its schema unless that is on the search path.")
	private String table;

	@Option(names = "--username", paramLabel = "ROLE", description = "The role that reads the table; for --datasource.")
	private @Nullable String username;

	@Option(names = "--password-variable", paramLabel = "VARIABLE", defaultValue = "PGPASSWORD",
			description = "The environment variable with its password. Default: ${DEFAULT-VALUE}.")
	private String passwordVariable;

	@Option(names = "--name", paramLabel = "NAME", description = "The folder's name. Default: from the table's name.")
	private @Nullable String name;

	@Option(names = "--to", paramLabel = "DIR",
			description = "Where the folder is made. Default: sources in the configuration directory.")
	private @Nullable Path to;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	SourcesInitCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		String folderName = folderName();
		Map<String, String> files = (this.where.source != null) ? ofSource(this.where.source)
				: TableProposal.propose("--datasource", datasource(String.valueOf(this.where.datasource)), this.table);
		Path folder = new NewFolder(this.application, this.to).write(folderName, files);
		PrintWriter out = this.spec.commandLine().getOut();
		out.println("A proposal for " + SafeText.visible(this.table) + " is in " + folder + ": "
				+ String.join(", ", files.keySet()));
		long todos = files.values().stream().flatMap(String::lines).filter((line) -> line.contains("TODO")).count();
		out.println("Decide its " + todos + " lines with TODO, name the definition '" + folderName
				+ "' in config/application.yaml, and start check: it says what is still missing.");
		return ExitCode.DONE.value();
	}

	private String folderName() {
		String asked = (this.name != null) ? this.name
				: this.table.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
					.toLowerCase(Locale.ROOT)
					.replaceAll("[^a-z0-9]+", "-")
					.replaceAll("^-+|-+$", "");
		if (!NAME.matcher(asked).matches()) {
			throw Failure.configuration("--name: '" + SafeText.visible(asked)
					+ "' is not allowed; write up to 63 lower-case letters, digits and hyphens, a letter or digit first");
		}
		return asked;
	}

	private SourceSettings.Datasource datasource(String url) {
		if (this.username == null || this.username.isBlank()) {
			throw Failure.configuration("--username: is missing; name the role that reads the table");
		}
		return new SourceSettings.Datasource(url, this.username, System.getenv(this.passwordVariable));
	}

	private Map<String, String> ofSource(String id) {
		try (ConfigurableApplicationContext context = this.application.startReadOnly()) {
			List<SourceSettings> sources = context.getBean(KeystewardProperties.class).sources();
			SourceSettings source = sources.stream()
				.filter((candidate) -> id.equals(candidate.id()))
				.findFirst()
				.orElseThrow(() -> Failure
					.configuration("--source: there is no source '" + SafeText.visible(id) + "'; configured: "
							+ sources.stream().map(SourceSettings::id).collect(Collectors.joining(", "))));
			SourceSettings.Datasource datasource = source.datasource();
			if (datasource != null) {
				return TableProposal.propose("keysteward.sources[" + id + "].datasource.url", datasource, this.table);
			}
			if (!source.isInGovernanceDatabase()) {
				throw Failure
					.configuration("--source: '" + id + "' has no PostgreSQL tables; name a source with a datasource");
			}
			return TableProposal.propose(context.getBean(DataSource.class), this.table);
		}
	}

	/** Exactly one of the two options. */
	private static final class Where {

		@Option(names = "--datasource", paramLabel = "URL",
				description = "The database, jdbc:postgresql://host/database.")
		private @Nullable String datasource;

		@Option(names = "--source", paramLabel = "ID",
				description = "The database of a source of config/application.yaml.")
		private @Nullable String source;

		private Where() {
		}

	}

}
