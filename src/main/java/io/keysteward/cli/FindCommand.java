package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.insight.ActionHistory;
import io.keysteward.insight.FoundKey;
import io.keysteward.insight.KeyFinder;
import io.keysteward.insight.KeyHistory;
import io.keysteward.insight.NoName;
import io.keysteward.inventory.Inventories;
import io.keysteward.job.RunRequest;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code find}: shows keys of an inventory.
 */
@Command(name = "find", description = {
		"Finds keys of the last inventory by a part of their id, name, project, owner or mask.",
		"SOURCE/ID finds the one key. Says when it was created and last used, what is wrong with it and why,",
		"whether it is exempt or held, from when it may be disabled, what became of it from run to run, what was",
		"done to it, and who was told." })
final class FindCommand implements Callable<Integer> {

	/** Longer names are cut. */
	private static final int LONGEST = 120;

	private final ContextStarter application;

	@Parameters(paramLabel = "TEXT", description = "What to look for, literally; upper and lower case are the same.")
	private String text;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "20",
			description = "The most keys to show, 1 to 10000. Default: ${DEFAULT-VALUE}.")
	private String limit;

	@Option(names = "--run-key", paramLabel = "KEY",
			description = "The run whose inventory is searched; nothing that later runs saw or did is shown."
					+ " Default: the last complete run, and all that happened until now.")
	private @Nullable String runKey;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	FindCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		int most = WholeNumber.parse("--limit", this.limit, 10_000);
		if (this.text.isBlank()) {
			throw Failure.configuration("TEXT: '' is not allowed; give a part of an id, name, project, owner or mask");
		}
		if (this.runKey != null) {
			RunRequest.requireRunKey(this.runKey);
		}
		try (ConfigurableApplicationContext context = this.application.read()) {
			Run run = (this.runKey != null) ? past(context, this.runKey) : lastInventory(context);
			List<FoundKey> keys = context.getBean(KeyFinder.class).find(run.id(), this.text, most + 1);
			print(run, keys, most, context.getBean(ActionHistory.class), this.spec.commandLine().getOut());
			missing(run, context.getBean(Runs.class).sources(run.id()))
				.forEach(this.spec.commandLine().getOut()::println);
		}
		return ExitCode.DONE.value();
	}

	/**
	 * The last run that read everything: a key that a narrowed run did not read may still
	 * exist.
	 */
	private static Run lastInventory(ConfigurableApplicationContext context) {
		Inventories inventories = context.getBean(Inventories.class);
		return context.getBean(Runs.class)
			.lastComplete()
			.filter((run) -> inventories.has(run.id()))
			.orElseThrow(() -> Failure
				.configuration("there is no complete run yet whose inventory is kept; start one with the command run"));
	}

	private static Run past(ConfigurableApplicationContext context, String runKey) {
		return KeptRun.require(context, runKey, KeptRun.READ_NOTHING,
				(run) -> run.reportPaths().isEmpty() ? "its reports are not kept either (keysteward.report.keep)"
						: "what was wrong with its keys is in " + String.join(", ", run.reportPaths()));
	}

	/** Why a key that is not shown may exist. */
	private static List<String> missing(Run run, List<RunSource> sources) {
		List<String> lines = new ArrayList<>();
		if (run.narrowed()) {
			lines
				.add("Run " + run.key() + " was narrowed by --source or --project: a key that is not shown may exist.");
		}
		if (run.status() == RunStatus.SET_ASIDE) {
			lines.add("Run " + run.key() + " is set aside: what it judged does not count.");
		}
		sources.stream()
			.filter((source) -> source.status() != RunSource.Status.READ)
			.forEach((source) -> lines
				.add("Run " + run.key() + " has not read source " + source.source() + ": its keys are not shown."));
		return lines;
	}

	private void print(Run run, List<FoundKey> keys, int most, ActionHistory actions, PrintWriter out) {
		keys.stream().limit(most).forEach((key) -> {
			KeyHistory history = (this.runKey != null) ? actions.readAsOf(key, run) : actions.read(key, run);
			print(key, history.status(), out);
			print(history, out);
			out.println();
		});
		String more = (keys.size() > most) ? "The first " + ((most > 1) ? most + " keys" : "key")
				: Plural.of(keys.size(), "key");
		out.println(more + " with '" + SafeText.visible(this.text) + "' in the inventory of run " + run.key()
				+ ", as of " + UtcMinute.of(run.asOf()) + ".");
	}

	private static void print(FoundKey key, String status, PrintWriter out) {
		out.println(SafeText.visible(key.source() + "/" + key.keyId()) + "  " + words(
				Optional.ofNullable(key.name()).map((name) -> "\"" + shortened(name) + "\"").orElse(NoName.OF_KEY),
				key.maskedKey(), status));
		out.println("  project    " + words(shortened(key.projectName()), key.projectId()));
		out.println("  owner      " + words(shortened(key.ownerName()), key.ownerId(), key.ownerEmail()));
		out.println("  created    " + key.created());
		out.println("  last used  " + key.lastUsed());
		out.println("  judged     " + SafeText.visible(key.judged()));
		key.findingLines().forEach((line) -> out.println("  " + SafeText.visible(line)));
	}

	private static void print(KeyHistory history, PrintWriter out) {
		if (history.disabling() != null) {
			out.println("  disabling  " + history.disabling());
		}
		history.events()
			.forEach((event) -> out.println("  history    " + UtcMinute.of(event.at()) + "  " + event.words()));
		if (history.hasOlder()) {
			out.println(
					"  history    older ones are in the tables key_snapshot, finding_event, key_use_gap, key_action, notice");
		}
	}

	private static String words(@Nullable String... words) {
		String all = Stream.of(words).filter((word) -> word != null).collect(Collectors.joining("  "));
		return all.isEmpty() ? "-" : SafeText.visible(all);
	}

	private static @Nullable String shortened(@Nullable String text) {
		return (text != null) ? SafeText.beginning(text, LONGEST) : null;
	}

}
