package io.keysteward.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the reader counted of a source of which not every row is stored.
 *
 * @param judged governed, active and readable
 * @param dataErrors rows that cannot be right
 * @param notGoverned of a kind that is not governed
 * @param notActive disabled or expired
 * @param flagged judged keys with at least one finding
 * @param stored rows that were given to be stored
 * @param active active keys, governed or not
 * @param unknown keys whose use is not known
 * @param newestUse the newest use of any key that can be right; null: none is known of
 */
public record SourceCounts(long judged, long dataErrors, long notGoverned, long notActive, long flagged, long stored,
		long active, long unknown, @Nullable Instant newestUse) {

}
