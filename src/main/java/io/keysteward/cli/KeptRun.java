package io.keysteward.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.keysteward.inventory.Inventories;
import io.keysteward.job.RunRequest;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunSource;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

/**
 * The run whose inventory is kept and wanted.
 */
final class KeptRun {

	/** Of a restore. */
	static final String READ_NOTHING = "it has read no inventory";

	private KeptRun() {
	}

	/**
	 * {@return the run whose inventory is searched: the one that is named, or the last
	 * that read everything, since a key that a narrowed run did not read may still exist}
	 * @param runKey its name; null: the last
	 */
	static Run searched(ApplicationContext context, @Nullable String runKey) {
		if (runKey != null) {
			return require(context, runKey, READ_NOTHING,
					(run) -> run.reportPaths().isEmpty() ? "its reports are not kept either (keysteward.report.keep)"
							: "what was wrong with its keys is in " + String.join(", ", run.reportPaths()));
		}
		Inventories inventories = context.getBean(Inventories.class);
		return context.getBean(Runs.class)
			.lastComplete()
			.filter((run) -> inventories.has(run.id()))
			.orElseThrow(() -> Failure
				.configuration("there is no complete run yet whose inventory is kept; start one with the command run"));
	}

	/**
	 * {@return a run that is compared with another}
	 * @param option the option that names it
	 */
	static Run compared(ApplicationContext context, String option, String runKey) {
		RunRequest.requireRunKey(runKey);
		return require(context, option, runKey, READ_NOTHING, (run) -> "its findings and keys cannot be compared");
	}

	/** Why a key that is not in a run's inventory may exist. */
	static List<String> missing(Run run, List<RunSource> sources) {
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

	/**
	 * {@return the run}
	 * @param restore what is to be said of a restore
	 * @param instead what is to be said where its inventory is dropped
	 */
	static Run require(ApplicationContext context, String runKey, String restore, Function<Run, String> instead) {
		return require(context, "--run-key", runKey, restore, instead);
	}

	private static Run require(ApplicationContext context, String option, String runKey, String restore,
			Function<Run, String> instead) {
		Run run = context.getBean(Runs.class)
			.find(runKey)
			.orElseThrow(() -> Failure
				.configuration(option + ": there is no run '" + runKey + "'; the command runs lists them"));
		if (run.mode() == RunMode.RESTORE) {
			throw Failure.configuration(option + ": '" + runKey + "' names a restore; " + restore);
		}
		if (run.totals() == null) {
			throw Failure.configuration(option + ": run '" + runKey + "' is " + run.status()
					+ " and has nothing to report yet; continue it with run --run-key=" + runKey);
		}
		if (!context.getBean(Inventories.class).has(run.id())) {
			throw Failure.configuration(option + ": the inventory of run '" + runKey
					+ "' is not kept any more (keysteward.inventory.keep); " + instead.apply(run));
		}
		return run;
	}

}
