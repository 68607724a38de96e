package io.keysteward.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A run that is to be opened.
 *
 * @param key the name by which it is started and continued
 * @param asOf the one instant against which everything is judged, UTC
 * @param origin how it came about
 * @param scope what it reads
 * @param policy by what it judges
 * @param baselineId the run that its changes are counted from; null: there is none
 */
public record NewRun(String key, Instant asOf, RunOrigin origin, RunScope scope, RunPolicy policy,
		@Nullable Long baselineId) {
}
