package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;

import io.keysteward.source.DisableCapability;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one source in a run, and in the baseline run.
 *
 * @param source its id
 * @param disabling whether its definition can disable keys
 * @param snapshotAt the time of its snapshot, by its clock
 * @param skew its clock minus ours; null: not measured
 * @param rows the rows that were read
 * @param activeKeys active keys among them
 * @param unknownKeys keys of unknown use
 * @param goneBack keys whose last use is older than in an earlier reading, or missing
 * @param newestUse the newest use of any key; null: none is known
 * @param before its figures in the baseline run; null: that run has not read it
 * @param resumedAt the first run after the last long pause of the job; null: there was
 * none
 */
public record SourceFacts(String source, DisableCapability disabling, Instant snapshotAt, @Nullable Duration skew,
		long rows, long activeKeys, long unknownKeys, long goneBack, @Nullable Instant newestUse,
		@Nullable Before before, @Nullable Instant resumedAt) {

	/**
	 * The source's figures in the baseline run.
	 *
	 * @param rows the rows that were read
	 * @param unknownKeys keys of unknown use
	 */
	public record Before(long rows, long unknownKeys) {
	}

}
