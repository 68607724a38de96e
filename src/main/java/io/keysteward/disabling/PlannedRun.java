package io.keysteward.disabling;

import java.time.Instant;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * A run that is planned, as the gates of its sources see it.
 *
 * @param run the run
 * @param policyBefore the SHA-256 of the policy of the complete run before; null: there
 * is none
 * @param policyAccepted whether a changed policy was said to be meant
 * @param now the time at which it is planned: the as-of may be another
 */
public record PlannedRun(Run run, @Nullable String policyBefore, boolean policyAccepted, Instant now) {

}
