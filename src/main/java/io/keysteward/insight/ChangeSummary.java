package io.keysteward.insight;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * The number of changes since the last run.
 *
 * @param comparedWith the earlier run, in words
 * @param newFindings findings first seen in this run
 * @param worseFindings findings raised to {@code VIOLATION}
 * @param betterFindings findings lowered to {@code WARN}
 * @param resolvedFindings findings that ended
 * @param endedByDisabling findings that ended because Keysteward disabled their keys
 * @param keysAppeared new keys; null: not known
 * @param keysGone keys that are gone; null: not known
 * @param notCompared why keys are not compared, in words; null: they are
 */
public record ChangeSummary(String comparedWith, long newFindings, long worseFindings, long betterFindings,
		long resolvedFindings, long endedByDisabling, @Nullable Long keysAppeared, @Nullable Long keysGone,
		@Nullable String notCompared) {

	static ChangeSummary read(RunView stored, RunChanges changes) {
		Run baseline = stored.baseline();
		boolean compared = changes.comparesKeys();
		String notCompared = (baseline != null) ? "not compared: " + changes.notComparedReason() : "no earlier run";
		return new ChangeSummary((baseline != null) ? "run " + baseline.key() : "no earlier run", changes.count("NEW"),
				changes.count("WORSE"), changes.count("BETTER"), changes.count("RESOLVED"), changes.count("DISABLED"),
				compared ? changes.count("KEY APPEARED") : null, compared ? changes.count("KEY GONE") : null,
				compared ? null : notCompared);
	}

}
