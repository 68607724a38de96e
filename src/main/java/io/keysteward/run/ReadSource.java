package io.keysteward.run;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a source once its last row is stored.
 *
 * @param snapshotAt when its rows were true, UTC
 * @param clockSkew how far our clock is ahead of the source's
 * @param granularity worst staleness of a last use
 * @param rows how many were read
 * @param remasked how many showed too much of the key
 * @param goneBack how many showed an older last use than an earlier reading
 * @param fault what is wrong with what it returned; null: nothing
 */
public record ReadSource(Instant snapshotAt, Duration clockSkew, Duration granularity, long rows, long remasked,
		long goneBack, @Nullable String fault) {
}
