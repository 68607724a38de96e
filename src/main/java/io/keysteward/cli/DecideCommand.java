package io.keysteward.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;

import io.keysteward.decision.Understanding;
import io.keysteward.disabling.DisablePolicy;
import io.keysteward.job.DecisionLauncher;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code decide}: takes a workbook back in which people have decided about keys.
 */
@Command(name = "decide",
		description = {
				"Takes a report's workbook back, in which people have decided about keys on the sheet Findings.",
				"Prints what it understood, and stores nothing without --apply.",
				"With it, it stores every decision, or none if there is a fault in any row.",
				"The same workbook again changes nothing." })
final class DecideCommand implements Callable<Integer> {

	private final ContextStarter application;

	@Parameters(index = "0", paramLabel = "FILE.xlsx", description = "The workbook, filled in and saved.")
	private String file;

	@Option(names = "--apply", description = "Stores the decisions.")
	private boolean apply;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	DecideCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		Path path = path();
		String requestedBy = this.apply ? StartedBy.of(null).requireNamed("deciding").requestedBy() : "";
		try (ConfigurableApplicationContext context = this.apply ? this.application.startLazily()
				: this.application.read()) {
			DecisionLauncher launcher = context.getBean(DecisionLauncher.class);
			Understanding understood = this.apply ? launcher.apply(path, requestedBy) : launcher.understand(path);
			UnderstandingText.print(understood, this.apply, context.getBean(DisablePolicy.class).approvalValid(),
					context.getBean(Clock.class).instant(), this.spec.commandLine().getOut());
			if (!understood.faults().isEmpty()) {
				throw Failure.configuration(understood.file() + ": " + Plural.of(understood.faults().size(), "fault")
						+ ", see the lines above; nothing is stored: correct the workbook, save it, and start decide again");
			}
			return ExitCode.DONE.value();
		}
	}

	private Path path() {
		try {
			return Path.of(this.file).toAbsolutePath().normalize();
		}
		catch (InvalidPathException ex) {
			throw Failure.configuration(
					"FILE.xlsx: '" + SafeText.visible(this.file) + "' cannot be a file's name; name another");
		}
	}

}
