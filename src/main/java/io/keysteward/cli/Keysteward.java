package io.keysteward.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.keysteward.key.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command line: parses, runs the command, says in one line what went wrong.
 */
public final class Keysteward {

	private final Map<String, String> properties;

	private final PrintWriter out;

	private final PrintWriter err;

	private final @Nullable Clock clock;

	/** The command line of a process of its own. */
	public Keysteward() {
		this(Map.of(), new PrintWriter(System.out, true), new PrintWriter(System.err, true));
	}

	/**
	 * A command line within another process.
	 * @param properties configuration that goes before files and environment
	 * @param out where answers go
	 * @param err where the one line goes that says what went wrong
	 */
	public Keysteward(Map<String, String> properties, PrintWriter out, PrintWriter err) {
		this(properties, out, err, null);
	}

	/**
	 * A command line that takes its time from another clock than the system's.
	 * @param clock the time; null: the system's
	 */
	public Keysteward(Map<String, String> properties, PrintWriter out, PrintWriter err, @Nullable Clock clock) {
		this.properties = properties;
		this.out = out;
		this.err = err;
		this.clock = clock;
	}

	/**
	 * Runs one command.
	 * @param args the command and its options
	 * @return the exit code
	 */
	public int execute(String... args) {
		KeystewardCommand root = new KeystewardCommand();
		Application application = new Application(this.properties, this.clock);
		CommandLine commandLine = new CommandLine(root);
		commands(application).forEach(commandLine::addSubcommand);
		commandLine.setOut(this.out);
		commandLine.setErr(this.err);
		commandLine.setCaseInsensitiveEnumValuesAllowed(true);
		commandLine.setParameterExceptionHandler((ex, given) -> refuse(application, ex));
		commandLine.setExecutionExceptionHandler((ex, command, parsed) -> fail(application, ex, root.debug()));
		return commandLine.execute(args);
	}

	static List<Object> commands(Application application) {
		return List.of(new RunCommand(application), new RestoreCommand(application), new FindCommand(application),
				new RunsCommand(application), new ReportCommand(application), new CheckCommand(application));
	}

	private int refuse(Application application, CommandLine.ParameterException ex) {
		CommandSpec command = ex.getCommandLine().getCommandSpec();
		StringBuilder line = new StringBuilder(oneLine(String.valueOf(ex.getMessage())));
		if (ex instanceof CommandLine.UnmatchedArgumentException unmatched) {
			List<String> suggestions = unmatched.getSuggestions();
			if (!suggestions.isEmpty()) {
				line.append("; did you mean ").append(String.join(" or ", suggestions)).append("?");
			}
		}
		say(application.errorLine(line + " (try: " + command.qualifiedName() + " --help)", null));
		return ExitCode.CONFIGURATION.value();
	}

	private int fail(Application application, Exception ex, boolean debug) {
		Failure failure = application.failure(ex);
		say(application.errorLine(failure.line(), debug ? ex : null));
		return ExitCode.of(failure).value();
	}

	private void say(String line) {
		this.err.print(line);
		this.err.flush();
	}

	private static String oneLine(String message) {
		return message.replaceAll("\\s*\\R\\s*", " ");
	}

}
