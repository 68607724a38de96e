package io.keysteward.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

import io.keysteward.key.Visible;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code runs}: the last runs, with totals and status.
 */
@Command(name = "runs",
		description = { "Lists the last runs, the newest first.",
				"Of each: status, keys, findings, how many keys were disabled, would be or were held, workbook;",
				"below it, what one that failed has met." })
final class RunsCommand implements Callable<Integer> {

	private static final String LINE = "%-24s %-20s %-8s %-8s %8s %8s %10s %8s %8s %8s %8s  %s%n";

	private final Application application;

	@Option(names = "--last", paramLabel = "N", defaultValue = "20",
			description = "How many, 1 to 1000. Default: ${DEFAULT-VALUE}.")
	private String last;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	RunsCommand(Application application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		int most = WholeNumber.of("--last", this.last, 1000);
		try (ConfigurableApplicationContext context = this.application.read()) {
			print(context.getBean(Runs.class).last(most), this.spec.commandLine().getOut());
		}
		return ExitCode.DONE.value();
	}

	private static void print(List<Run> runs, PrintWriter out) {
		if (runs.isEmpty()) {
			out.println("There has been no run yet.");
			return;
		}
		out.printf(LINE, "run_key", "as_of", "mode", "status", "read", "flagged", "violations", "disabled", "would",
				"held", "seconds", "report");
		for (Run run : runs) {
			Totals totals = run.totals();
			ActionTotals actions = (totals != null) ? totals.actions() : null;
			out.printf(LINE, run.key(), run.asOf().truncatedTo(ChronoUnit.SECONDS), run.mode(), run.status(),
					(totals != null) ? totals.read() : "-", (totals != null) ? totals.flaggedKeys() : "-",
					(totals != null) ? violations(totals) : "-", (actions != null) ? actions.disabled() : "-",
					(actions != null) ? actions.wouldDisable() : "-", (actions != null) ? actions.held() : "-",
					seconds(run), (run.reportPath() != null) ? Visible.text(run.reportPath()) : "");
			if (run.fault() != null) {
				out.println("  " + Visible.text(run.fault()));
			}
		}
	}

	private static long violations(Totals totals) {
		return totals.findings()
			.stream()
			.filter((line) -> line.level().equals("VIOLATION"))
			.mapToLong(Totals.RuleTotals::keys)
			.sum();
	}

	private static String seconds(Run run) {
		return (run.finishedAt() != null)
				? String.valueOf(Duration.between(run.startedAt(), run.finishedAt()).toSeconds()) : "-";
	}

}
