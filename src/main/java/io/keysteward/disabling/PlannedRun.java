package io.keysteward.disabling;

import java.time.Instant;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * A run that is being planned, as the gates of its sources see it.
 *
 * @param run the run
 * @param policyBefore the SHA-256 of the previous complete run's policy; null: no such
 * run
 * @param policyAccepted whether the operator accepted a changed policy
 * @param now the current time, which may differ from the as-of
 */
public record PlannedRun(Run run, @Nullable String policyBefore, boolean policyAccepted, Instant now) {

}
