package io.keysteward.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: parses the arguments, runs the command, and prints a failure as one
 * line.
 */
public final class KeystewardCli {

	private final Map<String, String> properties;

	private final PrintWriter out;

	private final PrintWriter err;

	private final @Nullable Clock clock;

	/** The command line of a process. */
	public KeystewardCli() {
		this(Map.of(), new PrintWriter(System.out, true), new PrintWriter(System.err, true));
	}

	/**
	 * A command line within another process.
	 * @param properties configuration that overrides files and environment
	 * @param out where answers go
	 * @param err where failures go, one line each
	 */
	public KeystewardCli(Map<String, String> properties, PrintWriter out, PrintWriter err) {
		this(properties, out, err, null);
	}

	/**
	 * A command line with a clock of its own.
	 * @param clock the time; null: the system's
	 */
	public KeystewardCli(Map<String, String> properties, PrintWriter out, PrintWriter err, @Nullable Clock clock) {
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
		ContextStarter application = new ContextStarter(this.properties, this.clock);
		CommandLine commandLine = new CommandLine(root);
		if (args.length > 0 && args[0].equals("run")) {
			// Of a night's start, making the others takes a twentieth.
			commandLine.addSubcommand(new RunCommand(application));
		}
		else {
			commands(application).forEach(commandLine::addSubcommand);
			commandLine.addSubcommand(completion());
		}
		commandLine.setOut(this.out);
		commandLine.setErr(this.err);
		commandLine.setCaseInsensitiveEnumValuesAllowed(true);
		commandLine.setParameterExceptionHandler((ex, given) -> refuse(application, ex));
		commandLine.setExecutionStrategy(KeystewardCli::run);
		commandLine.setExecutionExceptionHandler((ex, command, parsed) -> fail(application, ex, root.debug()));
		try {
			return commandLine.execute(args);
		}
		catch (OutOfMemoryError error) {
			Failure failure = Failure.notEnoughMemory(error);
			printError(application.errorLine(failure.line(), null));
			return ExitCode.of(failure).value();
		}
	}

	static List<Object> commands(ContextStarter application) {
		return List.of(new RunCommand(application), new RestoreCommand(application), new FindCommand(application),
				new ExplainCommand(application), new DecideCommand(application), new RehearseCommand(application),
				new RunsCommand(application), new ReportCommand(application), new CheckCommand(application),
				sources(application));
	}

	/** Shells ask for it, and people do not. */
	private static CommandLine completion() {
		CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
		completion.getCommandSpec().usageMessage().hidden(true);
		return completion;
	}

	/**
	 * {@return the names of a command's commands that people are told of}
	 */
	static String names(CommandSpec command) {
		return command.subcommands()
			.entrySet()
			.stream()
			.filter((each) -> !each.getValue().getCommandSpec().usageMessage().hidden())
			.map(Map.Entry::getKey)
			.collect(Collectors.joining(", "));
	}

	private static CommandLine sources(ContextStarter application) {
		return new CommandLine(new SourcesCommand(application)).addSubcommand(new SourcesShowCommand())
			.addSubcommand(new SourcesCopyCommand(application))
			.addSubcommand(new SourcesInitCommand(application));
	}

	/**
	 * Refuses help for an unknown command, rather than printing the help of another one.
	 */
	private static int run(ParseResult parsed) {
		for (ParseResult command = parsed; command != null; command = command.subcommand()) {
			if (!command.unmatched().isEmpty()) {
				throw new UnmatchedArgumentException(command.commandSpec().commandLine(), command.unmatched());
			}
		}
		return new CommandLine.RunLast().execute(parsed);
	}

	private int refuse(ContextStarter application, CommandLine.ParameterException ex) {
		CommandSpec command = ex.getCommandLine().getCommandSpec();
		String line = (ex instanceof UnmatchedArgumentException unmatched) ? unmatched(unmatched, command)
				: oneLine(String.valueOf(ex.getMessage())).replaceFirst("^Error: ", "");
		printError(application.errorLine(line + " (try: " + command.qualifiedName() + " --help)", null));
		return ExitCode.CONFIGURATION.value();
	}

	private static String unmatched(UnmatchedArgumentException ex, CommandSpec command) {
		String given = "'" + SafeText.visible(ex.getUnmatched().get(0)) + "'";
		String suggested = ex.getSuggestions().isEmpty() ? ""
				: "; did you mean " + String.join(" or ", ex.getSuggestions()) + "?";
		if (ex.isUnknownOption()) {
			return "there is no option " + given + suggested;
		}
		return command.subcommands().isEmpty() ? "there is no use for " + given + " here"
				: "there is no command " + given + "; allowed: " + names(command);
	}

	private int fail(ContextStarter application, Exception ex, boolean debug) {
		Failure failure = application.failure(ex);
		printError(application.errorLine(failure.line(), debug ? ex : null));
		return ExitCode.of(failure).value();
	}

	private void printError(String line) {
		this.err.print(line);
		this.err.flush();
	}

	private static String oneLine(String message) {
		return message.replaceAll("\\s*\\R\\s*", " ");
	}

}
