package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

import io.keysteward.disabling.KeyRestorer;
import io.keysteward.job.RestoreLauncher;
import io.keysteward.job.RunRequest;
import io.keysteward.key.KeyId;
import io.keysteward.run.Outcome;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code restore}: switches keys on again that a run disabled.
 */
@Command(name = "restore",
		description = { "Switches on again exactly what a run disabled and nobody has touched since.",
				"Exit code 6: some keys were changed since and are left as they are." })
final class RestoreCommand implements Callable<Integer> {

	private final ContextStarter application;

	@ArgGroup(multiplicity = "1")
	private What what;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	RestoreCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		KeyId key = (this.what.key != null) ? keyId(this.what.key) : null;
		if (this.what.runKey != null) {
			RunRequest.requireRunKey(this.what.runKey);
		}
		String requestedBy = StartedBy.of(null).requireNamed("restoring").requestedBy();
		try (ConfigurableApplicationContext context = this.application.startLazily()) {
			RestoreLauncher launcher = context.getBean(RestoreLauncher.class);
			List<KeyRestorer.Result> results = (key != null) ? launcher.restoreKey(key, requestedBy)
					: launcher.restoreRun(String.valueOf(this.what.runKey), requestedBy);
			return report(results).value();
		}
	}

	private ExitCode report(List<KeyRestorer.Result> results) {
		PrintWriter out = this.spec.commandLine().getOut();
		for (KeyRestorer.Result result : results) {
			out.println(SafeText.visible(result.key().toString()) + ": "
					+ ((result.outcome() != null) ? result.outcome() : "UNKNOWN")
					+ ((result.detail() != null) ? ": " + SafeText.visible(result.detail()) : ""));
		}
		long restored = count(results, Outcome.RESTORED);
		long changed = count(results, Outcome.SKIPPED_CHANGED);
		long counted = (results.size() == 1) ? 1 : restored;
		out.println(restored + " of " + Plural.of(results.size(), "key") + Plural.word(counted, " is", " are")
				+ " on again");
		if (restored == results.size()) {
			return ExitCode.DONE;
		}
		if (restored + changed < results.size()) {
			throw Failure.retry(Plural.of(results.size() - restored - changed, "key")
					+ " could not be restored; see the lines above, then start restore again", null);
		}
		throw Failure.person(Plural.of(changed, "key")
				+ Plural.word(changed, " was left as it is, since it was", " were left as they are, since they were")
				+ " changed after disabling; see the lines above, and look in the source");
	}

	private static long count(List<KeyRestorer.Result> results, Outcome outcome) {
		return results.stream().filter((result) -> result.outcome() == outcome).count();
	}

	private static KeyId keyId(String text) {
		int slash = text.indexOf('/');
		if (slash < 1 || slash == text.length() - 1) {
			throw Failure.configuration("--key: '" + SafeText.visible(text)
					+ "' is not allowed; write the source's id, a slash and the key's id, such as api-keys/ak-101");
		}
		return new KeyId(text.substring(0, slash), text.substring(slash + 1));
	}

	/** One of the two. */
	static final class What {

		@Option(names = "--run-key", paramLabel = "KEY", required = true,
				description = "The run that disabled them; the command runs lists runs.")
		private @Nullable String runKey;

		@Option(names = "--key", paramLabel = "SOURCE/ID", required = true, description = "A single key.")
		private @Nullable String key;

	}

}
