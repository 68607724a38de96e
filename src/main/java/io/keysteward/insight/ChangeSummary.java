package io.keysteward.insight;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * How many changes there are since the last run.
 *
 * @param comparedWith with which run, in words
 * @param newFindings findings first seen in this run
 * @param worseFindings findings raised to {@code VIOLATION}
 * @param betterFindings findings lowered to {@code WARN}
 * @param resolvedFindings findings that ended
 * @param endedByDisabling findings that ended because Keysteward disabled their keys
 * @param keysAppeared keys that came; null: that is not known
 * @param keysGone keys that went; null: that is not known
 * @param notCompared why it is not known, in words; null: it is
 */
public record ChangeSummary(String comparedWith, long newFindings, long worseFindings, long betterFindings,
		long resolvedFindings, long endedByDisabling, @Nullable Long keysAppeared, @Nullable Long keysGone,
		@Nullable String notCompared) {

	static ChangeSummary of(RunView stored, RunChanges changes) {
		Run baseline = stored.baseline();
		boolean compared = changes.comparesKeys();
		String notCompared = (baseline != null) ? "not compared: " + changes.notComparedReason() : "no earlier run";
		return new ChangeSummary((baseline != null) ? "run " + baseline.key() : "no earlier run", changes.count("NEW"),
				changes.count("WORSE"), changes.count("BETTER"), changes.count("RESOLVED"), changes.count("DISABLED"),
				compared ? changes.count("KEY APPEARED") : null, compared ? changes.count("KEY GONE") : null,
				compared ? null : notCompared);
	}

}
