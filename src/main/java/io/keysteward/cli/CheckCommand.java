package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import io.keysteward.config.Readiness;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code check}: what would fail tonight.
 */
@Command(name = "check", description = {
		"Tries what tonight's run needs, but for metrics receivers, and changes nothing.",
		"Configuration, governance database, policy, each source (connection, probe, columns, rights), exemptions,"
				+ " report directory, mail server. Every key of each source is read and judged, disabling is rehearsed with one key of each source that can"
				+ " disable and rolled back, and nothing is stored." + " Exit code 0 if all of it is well." })
final class CheckCommand implements Callable<Integer> {

	private static final long FEW_KEYS = 1000;

	private final ContextStarter application;

	@Option(names = "--quick", description = "Reads the first thousand keys of each source only.")
	private boolean quick;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	CheckCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		try (ConfigurableApplicationContext context = this.application.startReadOnly()) {
			Outcome outcome = new Outcome(this.application, out);
			new Readiness(context).check(outcome, this.quick ? FEW_KEYS : Long.MAX_VALUE);
			out.println(outcome.worst == null ? "Ready." : "Not ready.");
			return ((outcome.worst != null) ? ExitCode.of(outcome.worst) : ExitCode.DONE).value();
		}
	}

	/**
	 * Prints each part after its check, and keeps the failure for the exit code.
	 */
	private static final class Outcome implements Readiness.Listener {

		private final ContextStarter application;

		private final PrintWriter out;

		/** The part of each failure line that was printed. */
		private final Map<String, String> printed = new HashMap<>();

		private @Nullable Failure worst;

		private Outcome(ContextStarter application, PrintWriter out) {
			this.application = application;
			this.out = out;
		}

		@Override
		public void passed(String part, String what) {
			this.out.printf("ok    %-28s %s%n", part, what);
		}

		@Override
		public void warned(String part, String line) {
			this.out.printf("WARN  %-28s %s%n", part, line);
		}

		@Override
		public void failed(String part, Throwable cause) {
			Failure failure = this.application.failure(cause);
			String before = this.printed.putIfAbsent(failure.line(), part);
			if (before != null) {
				this.out.printf("-     %-28s not tried: see %s%n", part, before);
				return;
			}
			this.out.printf("FAIL  %-28s %s%n", part, failure.line());
			if (this.worst == null || failure.kind() == Failure.Kind.CONFIGURATION) {
				this.worst = failure;
			}
		}

	}

}
