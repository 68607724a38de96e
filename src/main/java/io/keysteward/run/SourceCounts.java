package io.keysteward.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a reader counts of a source's keys.
 *
 * @param active active keys, governed or not
 * @param unknown keys whose use is not known
 * @param newestUse the newest use of any key that can be right; null: none is known of
 */
public record SourceCounts(long active, long unknown, @Nullable Instant newestUse) {
}
