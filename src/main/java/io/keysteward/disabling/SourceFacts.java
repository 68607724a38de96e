package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;

import io.keysteward.source.DisableCapability;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one source in a run, and in the whole run before it.
 *
 * @param source its id
 * @param disabling what its definition says of switching keys off
 * @param snapshotAt its own time when it was read
 * @param skew its clock minus ours; null: not measured
 * @param rows rows that were read
 * @param activeKeys active keys among them
 * @param unknownKeys those whose use is not known
 * @param goneBack keys of which it shows an older last use than an earlier reading has
 * seen, or none
 * @param newestUse the newest use of any key; null: none is known of
 * @param before the run before; null: that run has not read it
 * @param resumedAt the first run after the last long pause of the job; null: there was
 * none
 */
public record SourceFacts(String source, DisableCapability disabling, Instant snapshotAt, @Nullable Duration skew,
		long rows, long activeKeys, long unknownKeys, long goneBack, @Nullable Instant newestUse,
		@Nullable Before before, @Nullable Instant resumedAt) {

	/**
	 * The source in the whole run before.
	 *
	 * @param rows rows that were read
	 * @param unknownKeys those whose use was not known
	 */
	public record Before(long rows, long unknownKeys) {
	}

}
