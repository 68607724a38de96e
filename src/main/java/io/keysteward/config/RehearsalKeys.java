package io.keysteward.config;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.keysteward.disabling.Rehearsal;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classification.Judgement;

/**
 * The few longest unused keys of a source whose kind may be disabled: disabling is
 * rehearsed with them.
 */
final class RehearsalKeys {

	private static final Comparator<KeyRecord> LONGEST_UNUSED = Comparator.comparing(RehearsalKeys::lastSeen)
		.thenComparing((key) -> key.id().id());

	private final PriorityQueue<KeyRecord> longest = new PriorityQueue<>(LONGEST_UNUSED.reversed());

	private final SourceTraits traits;

	RehearsalKeys(SourceTraits traits) {
		this.traits = traits;
	}

	void offer(Classification classified) {
		KeyRecord key = classified.key();
		if (classified.judgement() != Judgement.JUDGED || this.traits.neverDisables(key.kind())) {
			return;
		}
		this.longest.add(key);
		if (this.longest.size() > Rehearsal.KEYS) {
			this.longest.remove();
		}
	}

	/**
	 * {@return the longest unused of the offered keys, the longest first}
	 */
	List<KeyRecord> longestUnused() {
		return this.longest.stream().sorted(LONGEST_UNUSED).toList();
	}

	private static Instant lastSeen(KeyRecord key) {
		Instant used = key.usage().lastUsedAt();
		Instant created = key.createdAt();
		if (used == null || created == null) {
			return (used != null) ? used : (created != null) ? created : Instant.MAX;
		}
		return used.isAfter(created) ? used : created;
	}

}
