package io.keysteward.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program without a command: prints the help.
 */
@Command(name = "keysteward", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
		versionProvider = KeystewardCommand.Version.class,
		description = "Says which API keys are idle, unnamed, orphaned or aged: reads them, judges them by a written policy, "
				+ "follows each finding from run to run, writes a workbook and mails it.",
		footerHeading = "%nExit codes:%n",
		footer = { "  0    done", "  1    failed; trying again may help",
				"  2    bad arguments, configuration, policy or source definition",
				"  3    done, but disabling or owners' warnings were held for the whole run",
				"  4    another run is under way", "  5    this run is complete",
				"  6    needs a person; the message says what to look at",
				"  143  stopped by SIGTERM; the same command continues", "",
				"Configuration is read from ./config/application.yaml; config/application.yaml in the repository has every setting." })
final class KeystewardCommand implements Runnable {

	@Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
	private boolean debug;

	@Spec
	private CommandLine.Model.CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	KeystewardCommand() {
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(),
				"a command is missing; allowed: " + KeystewardCli.names(this.spec));
	}

	boolean debug() {
		return this.debug;
	}

	/** The version in the jar's manifest. */
	static final class Version implements CommandLine.IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = KeystewardCommand.class.getPackage().getImplementationVersion();
			return new String[] { "keysteward " + ((version != null) ? version : "(not packaged)") };
		}

	}

}
