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

	private KeptRun() {
	}

	/**
	 * {@return the run}
	 * @param restoreHas what a restore has in place of it, as a sentence's end
	 * @param instead what there is where its inventory is dropped, as a sentence's end
	 */
	static Run require(ApplicationContext context, String runKey, String restoreHas, Function<Run, String> instead) {
		Run run = context.getBean(Runs.class)
			.find(runKey)
			.orElseThrow(() -> Failure
				.configuration("--run-key: there is no run '" + runKey + "'; the command runs lists them"));
		if (run.mode() == RunMode.RESTORE) {
			throw Failure.configuration("--run-key: '" + runKey + "' names a restore; " + restoreHas);
		}
		if (run.totals() == null) {
			throw Failure.configuration("--run-key: run '" + runKey + "' is " + run.status()
					+ " and has nothing to report yet; continue it with run --run-key=" + runKey);
		}
		if (!context.getBean(Inventories.class).has(run.id())) {
			throw Failure.configuration("--run-key: the inventory of run '" + runKey
					+ "' has been dropped (keysteward.inventory.keep-runs); " + instead.apply(run));
		}
		return run;
	}

}
