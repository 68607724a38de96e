package io.keysteward.decision;

import java.util.List;

import io.keysteward.insight.FlaggedKey;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it was understood, and what is to be known of it before it is stored.
 *
 * @param place the row of the file, in words
 * @param key the key as the run has flagged it
 * @param decided the decision
 * @param before what was decided about the key before; null: nothing
 * @param stored whether it is stored already
 * @param since what has changed of the key since the run, a line for each
 */
public record DecisionRow(String place, FlaggedKey key, Decided decided, @Nullable Decided before, boolean stored,
		List<String> since) {

}
