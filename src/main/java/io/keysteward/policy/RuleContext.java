package io.keysteward.policy;

import java.time.Instant;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a rule uses besides the key.
 *
 * @param asOf the run's one instant
 * @param thresholds the thresholds for the key's source and project
 * @param source what the source declares
 */
public record RuleContext(Instant asOf, Thresholds thresholds, SourceTraits source) {

	/**
	 * {@return since when the key may have been unused: the latest of its last use, its
	 * creation and the start of recording; null: not known}
	 * @param key the key
	 */
	public @Nullable Instant unusedSince(KeyRecord key) {
		Usage usage = key.usage();
		if (usage.state() == Usage.State.UNKNOWN || !this.source.columns().contains(KeyColumn.LAST_USED_AT)) {
			return null;
		}
		if (usage.state() == Usage.State.NEVER_USED && key.createdAt() == null) {
			return null;
		}
		return later(later(usage.lastUsedAt(), key.createdAt()), this.source.knownSince());
	}

	private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || (other != null && other.isAfter(one))) {
			return other;
		}
		return one;
	}

}
