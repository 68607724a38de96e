package io.keysteward.insight;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.keysteward.key.Level;
import io.keysteward.run.Run;
import io.keysteward.run.Totals;

/**
 * Two figures of a run's findings.
 *
 * @param runKey the run's key
 * @param flaggedKeys keys with a finding
 * @param violations findings at {@code VIOLATION}
 */
public record RunFigures(String runKey, long flaggedKeys, long violations) {

	/**
	 * {@return the figures of the last runs that read everything, the oldest first}
	 */
	static List<RunFigures> read(RunView stored) {
		List<RunFigures> figures = new ArrayList<>();
		for (Run run : stored.trend()) {
			Totals totals = run.totals();
			if (totals != null) {
				figures.add(new RunFigures(run.key(), totals.flaggedKeys(), Summary.findings(totals, Level.VIOLATION)));
			}
		}
		Collections.reverse(figures);
		return figures;
	}

}
