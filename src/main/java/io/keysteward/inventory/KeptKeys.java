package io.keysteward.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.key.KeyStatus;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.run.SourceCounts;
import org.jspecify.annotations.Nullable;

/**
 * Selects the keys of a source that are stored if not all are kept, and counts all of
 * them, since others cannot be counted later. Not thread-safe.
 */
public final class KeptKeys {

	private final KeyHashes known;

	private final long[] judgements = new long[Judgement.values().length];

	private long flagged;

	private long stored;

	private long active;

	private long unknown;

	private @Nullable Instant newestUse;

	KeptKeys(KeyHashes known) {
		this.known = known;
	}

	/**
	 * Counts the keys and selects those to store.
	 * @param keys the classified keys
	 * @return the keys to store
	 */
	public List<Classification> select(List<Classification> keys) {
		List<Classification> kept = new ArrayList<>();
		for (Classification key : keys) {
			count(key);
			if (isKept(key)) {
				kept.add(key);
			}
		}
		this.stored += kept.size();
		return kept;
	}

	/**
	 * {@return the counts so far}
	 */
	public SourceCounts tally() {
		return new SourceCounts(number(Judgement.JUDGED), number(Judgement.DATA_ERROR), number(Judgement.NOT_GOVERNED),
				number(Judgement.NOT_ACTIVE), this.flagged, this.stored, this.active, this.unknown, this.newestUse);
	}

	private boolean isKept(Classification key) {
		return !key.findings().isEmpty() || key.judgement() == Judgement.DATA_ERROR || key.knownUse() != null
				|| this.known.contains(key.key().id().id());
	}

	private void count(Classification key) {
		this.judgements[key.judgement().ordinal()]++;
		this.flagged += key.findings().isEmpty() ? 0 : 1;
		this.active += (key.key().status() == KeyStatus.ACTIVE) ? 1 : 0;
		Usage usage = key.key().usage();
		this.unknown += (usage.state() == Usage.State.UNKNOWN) ? 1 : 0;
		Instant used = usage.lastUsedAt();
		if (used != null && key.judgement() != Judgement.DATA_ERROR
				&& (this.newestUse == null || used.isAfter(this.newestUse))) {
			this.newestUse = used;
		}
	}

	private long number(Judgement judgement) {
		return this.judgements[judgement.ordinal()];
	}

}
