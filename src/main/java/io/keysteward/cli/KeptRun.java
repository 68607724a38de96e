package io.keysteward.cli;

import java.util.function.Function;

import io.keysteward.inventory.Inventories;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;

import org.springframework.context.ApplicationContext;

/**
 * The run that {@code --run-key} names, where its inventory is kept.
 */
final class KeptRun {

	/** Of a restore. */
	static final String READ_NOTHING = "it has read no inventory";

	private KeptRun() {
	}

	/**
	 * {@return the run}
	 * @param restore what is to be said of a restore
	 * @param instead what is to be said where its inventory is dropped
	 */
	static Run require(ApplicationContext context, String runKey, String restore, Function<Run, String> instead) {
		Run run = context.getBean(Runs.class)
			.find(runKey)
			.orElseThrow(() -> Failure
				.configuration("--run-key: there is no run '" + runKey + "'; the command runs lists them"));
		if (run.mode() == RunMode.RESTORE) {
			throw Failure.configuration("--run-key: '" + runKey + "' names a restore; " + restore);
		}
		if (run.totals() == null) {
			throw Failure.configuration("--run-key: run '" + runKey + "' is " + run.status()
					+ " and has nothing to report yet; continue it with run --run-key=" + runKey);
		}
		if (!context.getBean(Inventories.class).has(run.id())) {
			throw Failure.configuration("--run-key: the inventory of run '" + runKey
					+ "' is not kept any more (keysteward.inventory.keep); " + instead.apply(run));
		}
		return run;
	}

}
