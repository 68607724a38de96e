package io.keysteward.cli;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.insight.ActionHistory;
import io.keysteward.job.Progress;
import io.keysteward.job.RunLauncher;
import io.keysteward.job.RunMetricsPublisher;
import io.keysteward.job.RunRequest;
import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunMode;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code run}: does one run.
 */
@Command(name = "run", description = { "Reads every key, judges it, follows findings, writes the workbook, mails it.",
		"A failed or stopped run with the same run key is continued; a complete one is refused (exit code 5)." })
final class RunCommand implements Callable<Integer> {

	private final ContextStarter application;

	@Option(names = "--run-key", paramLabel = "KEY",
			description = "The run's name: the same key is the same run. Default: the date of its as-of, such as 2026-11-23.")
	private @Nullable String runKey;

	@Option(names = "--as-of", paramLabel = "TIME", converter = AsOf.class,
			description = "The instant to judge against, such as 2026-11-23T02:00:00Z, or a date: its start in UTC. "
					+ "Not in the future, not before the last complete run. Default: now.")
	private @Nullable Instant asOf;

	@Option(names = "--source", paramLabel = "ID",
			description = "Read only this source; may be given several times. The run is then no baseline for the next.")
	private Set<String> sources = new LinkedHashSet<>();

	@Option(names = "--project", paramLabel = "ID",
			description = "Read only keys of this project; may be given several times. Likewise no baseline.")
	private Set<String> projects = new LinkedHashSet<>();

	@Option(names = "--disable", description = {
			"Disable the keys that are due. The second of two switches; the first is keysteward.disable.armed: true.",
			"Without it a run says what it would disable." })
	private boolean disable;

	@Option(names = "--accept-policy-change",
			description = "Disable although policy or source definition are not those of the run before.")
	private boolean acceptPolicyChange;

	@Option(names = "--accept-warnings",
			description = "Warn owners although they are more than keysteward.notices allows: this once.")
	private boolean acceptWarnings;

	@Option(names = "--accept-empty",
			description = "Accept a source that returns no key at all, although its last run had keys.")
	private boolean acceptEmpty;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	RunCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		StartedBy startedBy = StartedBy.of(this.runKey);
		RunRequest request = new RunRequest(this.runKey, this.asOf, this.sources, this.projects, this.disable,
				this.acceptPolicyChange, this.acceptWarnings, this.acceptEmpty, startedBy.trigger(),
				startedBy.requestedBy());
		if (this.disable) {
			startedBy.requireNamed("disabling");
		}
		try (ConfigurableApplicationContext context = this.application.start();
				ClosableProgress progress = progress()) {
			int exitCode = ExitCode.RETRY.value();
			try {
				exitCode = run(request, context, progress).value();
			}
			catch (RuntimeException ex) {
				Failure failure = this.application.failure(ex);
				exitCode = ExitCode.of(failure).value();
				throw failure;
			}
			finally {
				context.getBean(RunMetricsPublisher.class).publish(exitCode);
			}
			return exitCode;
		}
	}

	private ExitCode run(RunRequest request, ConfigurableApplicationContext context, Progress progress) {
		Run run = context.getBean(RunLauncher.class).run(request, progress);
		if (!context.getEnvironment().containsProperty("logging.structured.format.console")) {
			this.spec.commandLine()
				.getOut()
				.println("run " + run.key() + " is complete: " + String.join(", ", run.reportPaths()));
		}
		if (run.mode() == RunMode.DISABLE && actions(run).failed() > 0) {
			return failed(run, context.getBean(ActionHistory.class).whyFailed(run.id()));
		}
		Optional<String> notRestored = context.getBean(ActionHistory.class).whyNotRestored(run.id());
		if (run.mode() == RunMode.DISABLE && notRestored.isPresent()) {
			return notRestored(run, notRestored.get());
		}
		List<RunHold> holds = context.getBean(Runs.class).holds(run.id());
		return held(run, holds.stream().filter((hold) -> counts(hold, run)).toList());
	}

	/**
	 * Unreadable exemptions and too many warnings need a person, whether or not the run
	 * may disable. A run outside of its window is intended, and a gate of single keys
	 * holds no run.
	 */
	private static boolean counts(RunHold hold, Run run) {
		return switch (hold.gate()) {
			case EXEMPT, WARNINGS -> true;
			case POLICY, FRESH, BREAKER -> run.mode() == RunMode.DISABLE;
			case KIND, REFERENCED, LEVEL, REENABLED, APPROVAL, SEEN_BEFORE, NOTICE, WINDOW -> false;
		};
	}

	private static ActionTotals actions(Run run) {
		Totals totals = run.totals();
		return (totals != null && totals.actions() != null) ? totals.actions() : ActionTotals.NONE;
	}

	/** A run may fail and be held; the report shows both. */
	private ExitCode failed(Run run, String why) {
		PrintWriter err = this.spec.commandLine().getErr();
		err.print(this.application.errorLine("run " + run.key() + " is complete, but " + actions(run).failed() + " of "
				+ Plural.of(actions(run).due(), "due key") + " could not be disabled: " + clause(why)
				+ "; the sheet Actions says why of each, and the next run decides anew", null));
		err.flush();
		return ExitCode.PERSON;
	}

	/** A sentence as part of another one. */
	private static String clause(String sentence) {
		String visible = SafeText.visible(sentence.strip());
		return visible.endsWith(".") ? visible.substring(0, visible.length() - 1) : visible;
	}

	private ExitCode notRestored(Run run, String why) {
		PrintWriter err = this.spec.commandLine().getErr();
		err.print(this.application.errorLine(
				"run " + run.key() + " is complete, but a key that was tried within its"
						+ " trial could not be switched on again: " + clause(why)
						+ "; the sheet Actions names it: switch it on with restore, or leave it to the next run",
				null));
		err.flush();
		return ExitCode.PERSON;
	}

	private ExitCode held(Run run, List<RunHold> holds) {
		if (holds.isEmpty()) {
			return ExitCode.DONE;
		}
		String why = Stream
			.of(why("disabling was held", holds.stream().filter((hold) -> !hold.ofWarnings())),
					why("no owner was warned", holds.stream().filter(RunHold::ofWarnings)))
			.flatMap(Optional::stream)
			.collect(Collectors.joining("; and "))
			.replace(".; and ", "; and ");
		PrintWriter err = this.spec.commandLine().getErr();
		err.print(this.application.errorLine("run " + run.key() + " is complete, but " + why, null));
		err.flush();
		return ExitCode.HELD;
	}

	private static Optional<String> why(String what, Stream<RunHold> holds) {
		return holds.map((hold) -> hold.detail().replaceFirst("(?<!\\.)$", "."))
			.reduce((one, other) -> one + " " + other)
			.map((why) -> what + ": " + why);
	}

	private static ClosableProgress progress() {
		return (System.console() != null) ? new BarProgress() : new LogProgress();
	}

	/** Progress that is closed with the command. */
	interface ClosableProgress extends Progress, AutoCloseable {

		@Override
		void close();

	}

	/**
	 * Parses an instant, a time with an offset, or a date, which means its start in UTC.
	 */
	static final class AsOf implements ITypeConverter<Instant> {

		@Override
		public Instant convert(String value) {
			try {
				return (value.indexOf('T') > 0) ? OffsetDateTime.parse(value).toInstant()
						: LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
			}
			catch (DateTimeException ex) {
				throw new TypeConversionException("'" + value
						+ "' is no time; allowed are 2026-11-23T02:00:00Z, 2026-11-23T03:00:00+01:00 and 2026-11-23");
			}
		}

	}

}
