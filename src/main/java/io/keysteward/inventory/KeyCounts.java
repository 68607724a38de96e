package io.keysteward.inventory;

import java.time.Instant;

import io.keysteward.key.KeyStatus;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.run.SourceCounts;
import org.jspecify.annotations.Nullable;

/**
 * Counts the keys of a source while they pass. Not thread-safe.
 */
final class KeyCounts {

	private long active;

	private long unknown;

	private @Nullable Instant newestUse;

	void add(Classification key) {
		this.active += (key.key().status() == KeyStatus.ACTIVE) ? 1 : 0;
		Usage usage = key.key().usage();
		this.unknown += (key.usage().state() == Usage.State.UNKNOWN) ? 1 : 0;
		Instant used = usage.lastUsedAt();
		if (used != null && key.judgement() != Judgement.DATA_ERROR
				&& (this.newestUse == null || used.isAfter(this.newestUse))) {
			this.newestUse = used;
		}
	}

	SourceCounts counts() {
		return new SourceCounts(this.active, this.unknown, this.newestUse);
	}

}
