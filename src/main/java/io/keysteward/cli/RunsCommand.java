package io.keysteward.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

import io.keysteward.insight.RunDiff;
import io.keysteward.insight.RunDifference;
import io.keysteward.insight.Summary;
import io.keysteward.job.SetAside;
import io.keysteward.key.Level;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code runs}: lists the last runs, with totals and status.
 */
@Command(name = "runs",
		description = { "Lists the last runs, the newest first.",
				"Of each: status, keys, findings, how many keys were disabled, would be or were held, workbook;",
				"below it, what one that failed has met, and why one was set aside.",
				"--set-aside sets the newest run aside, such as one that was judged by a wrong clock: findings and",
				"warnings are again what the run before left, and later runs follow that one.",
				"--diff compares two runs, however many lie between: findings, keys, and what changed of keys." })
final class RunsCommand implements Callable<Integer> {

	private static final String LINE = "%-24s %-20s %-8s %-9s %8s %8s %10s %8s %8s %8s %8s  %s%n";

	private static final String DIFF = "--diff";

	/** More differences are counted only. */
	private static final int MOST_DIFFERENCES = 10_000;

	private final ContextStarter application;

	@Option(names = "--last", paramLabel = "N", defaultValue = "20",
			description = "How many, 1 to 1000. Default: ${DEFAULT-VALUE}.")
	private String last;

	@Option(names = "--set-aside", paramLabel = "KEY", description = "The run to set aside; it must be the newest.")
	private @Nullable String setAside;

	@Option(names = "--reason", paramLabel = "TEXT",
			description = "Why, for whoever asks later; needed for --set-aside.")
	private @Nullable String reason;

	@Option(names = DIFF, arity = "2", paramLabel = "KEY", description = "The earlier and the later of two runs.")
	private List<String> diff = List.of();

	@Option(names = OutputFormat.OPTION, paramLabel = "FORMAT", defaultValue = "text",
			description = "text, json or csv. Default: ${DEFAULT-VALUE}.")
	private String format;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	RunsCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		int most = WholeNumber.parse("--last", this.last, 1000);
		OutputFormat wanted = OutputFormat.parse(this.format, OutputFormat.values());
		if (this.setAside != null) {
			requireAlone();
			return setAside(this.setAside, this.reason);
		}
		if (this.reason != null) {
			throw Failure.configuration("--reason: goes with --set-aside=KEY only; name the run, or leave it out");
		}
		try (ConfigurableApplicationContext context = this.application.read()) {
			PrintWriter out = this.spec.commandLine().getOut();
			if (this.diff.isEmpty()) {
				list(context.getBean(Runs.class), most, wanted, out);
			}
			else {
				compare(context, wanted, out);
			}
		}
		return ExitCode.DONE.value();
	}

	private static void list(Runs stored, int most, OutputFormat wanted, PrintWriter out) {
		switch (wanted) {
			case TEXT -> print(stored, most, out);
			case JSON -> JsonAnswer.print("keysteward-runs", out,
					(json) -> json.list("runs", RunFields.FIELDS, stored.last(most)));
			case CSV -> CsvAnswer.print(RunFields.FIELDS, stored.last(most), out);
		}
	}

	private void compare(ConfigurableApplicationContext context, OutputFormat wanted, PrintWriter out) {
		Run before = KeptRun.compared(context, DIFF, this.diff.get(0));
		Run after = KeptRun.compared(context, DIFF, this.diff.get(1));
		if (before.asOf().isAfter(after.asOf())) {
			throw Failure.configuration(DIFF + ": run " + before.key() + " is the later one; write " + DIFF + " "
					+ after.key() + " " + before.key());
		}
		RunDiff diff = context.getBean(RunDiff.class);
		List<RunDifference> differences = diff.differences(before, after, MOST_DIFFERENCES);
		List<String> notes = diff.notes(before, after);
		switch (wanted) {
			case TEXT -> RunDiffText.print(before, after, diff.counts(before, after), differences, notes, out);
			case JSON -> JsonAnswer.print("keysteward-run-diff", out, (json) -> {
				json.field("before", before.key());
				json.field("after", after.key());
				json.field("notes", notes);
				json.field("more",
						diff.counts(before, after).values().stream().mapToLong(Long::longValue).sum() > differences
							.size());
				json.list("differences", RunDiffText.FIELDS, differences);
			});
			case CSV -> CsvAnswer.print(RunDiffText.FIELDS, differences, out);
		}
	}

	private void requireAlone() {
		if (!this.diff.isEmpty()) {
			throw Failure.configuration(DIFF + ": not with --set-aside; leave one of them out");
		}
	}

	private Integer setAside(String runKey, @Nullable String why) {
		if (why == null || why.isBlank()) {
			throw Failure.configuration("--reason: is missing; say why run '" + SafeText.visible(runKey)
					+ "' is set aside, such as --reason=\"the clock was 60 days ahead\"");
		}
		String requestedBy = StartedBy.of(null).requireNamed("setting a run aside").requestedBy();
		try (ConfigurableApplicationContext context = this.application.startLazily()) {
			context.getBean(SetAside.class).setAside(runKey, why.strip(), requestedBy);
			String follows = context.getBean(Runs.class)
				.lastComplete()
				.map((run) -> "the next run follows run " + run.key() + ", as of " + run.asOf())
				.orElse("the next run is the first");
			this.spec.commandLine().getOut().println("run " + runKey + " is set aside; " + follows);
		}
		return ExitCode.DONE.value();
	}

	private static void print(Runs stored, int most, PrintWriter out) {
		List<Run> runs = stored.last(most);
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
					(totals != null) ? Summary.findings(totals, Level.VIOLATION) : "-",
					(actions != null) ? actions.disabled() : "-", (actions != null) ? actions.wouldDisable() : "-",
					(actions != null) ? actions.held() : "-", seconds(run),
					SafeText.visible(String.join(", ", run.reportPaths())));
			if (run.state().fault() != null) {
				out.println("  " + SafeText.visible(run.state().fault()));
			}
			stored.setAside(run.id())
				.ifPresent((aside) -> out.println("  set aside by " + SafeText.visible(aside.by()) + " on "
						+ UtcMinute.of(aside.at()) + ": " + SafeText.visible(aside.reason())));
		}
	}

	private static String seconds(Run run) {
		return (run.state().finishedAt() != null)
				? String.valueOf(Duration.between(run.state().startedAt(), run.state().finishedAt()).toSeconds()) : "-";
	}

}
