package io.keysteward.disabling;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyContact;
import io.keysteward.key.KeyId;
import io.keysteward.key.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A key with an {@code IDLE} or {@code ORPHANED} finding, and all that the gates go by.
 *
 * @param key its identity
 * @param kind the source's word for its kind
 * @param usage what is known of its use
 * @param createdAt when it was made; null: not known
 * @param lastUsedAt its last use as its source shows it; null: it shows none
 * @param knownUse a newer use that an earlier reading has seen; null: there is none
 * @param unusedSince its newest use or its creation, whichever is later; null: neither is
 * known
 * @param idleDays whole days without use
 * @param contact who could be told
 * @param exemption the exemption that covers it; null: none
 * @param exemptUntil when that ends
 * @param idle its open {@code IDLE} finding; null: it has none
 * @param orphaned its open {@code ORPHANED} finding; null: it has none
 * @param disabledAt when Keysteward last disabled it; null: never
 * @param touchedAt when Keysteward last disabled or restored it; null: never
 * @param warnings every {@code WARNING} that names it and that a mail server took
 * @param finals every {@code FINAL}
 */
public record Candidate(KeyId key, @Nullable String kind, Usage.State usage, @Nullable Instant createdAt,
		@Nullable Instant lastUsedAt, @Nullable Instant knownUse, @Nullable Instant unusedSince,
		@Nullable Integer idleDays, KeyContact contact, @Nullable String exemption, @Nullable Instant exemptUntil,
		@Nullable Open idle, @Nullable Open orphaned, @Nullable Instant disabledAt, @Nullable Instant touchedAt,
		List<SentNotice> warnings, List<SentNotice> finals) {

	/**
	 * {@return whether nothing is known of its use lately: a source that has forgotten
	 * one may have forgotten those after it too}
	 */
	boolean isUseUnknown() {
		return this.usage == Usage.State.UNKNOWN || this.knownUse != null;
	}

	/**
	 * {@return the finding by which the key may be disabled, of an orphan as far as it
	 * was idle too; null: none is past its threshold}
	 */
	public @Nullable Open disablingFinding() {
		if (isUseUnknown() || this.idle == null) {
			return null;
		}
		if (this.idle.violation()) {
			return this.idle;
		}
		// An orphan that is in use is somebody's to adopt, not ours to switch off.
		return (this.orphaned != null && this.orphaned.violation()) ? this.orphaned.togetherWith(this.idle) : null;
	}

	/**
	 * {@return since when what is wrong with the key has been known: warnings from before
	 * were about something else; null: nothing is wrong}
	 */
	@Nullable Instant faultySince() {
		Open finding = disablingFinding();
		if (finding != null) {
			return finding.since();
		}
		if (this.idle == null || this.orphaned == null) {
			return (this.idle != null) ? this.idle.since() : null;
		}
		return this.idle.since().isBefore(this.orphaned.since()) ? this.idle.since() : this.orphaned.since();
	}

	/**
	 * {@return when the key is past the threshold if nothing changes; null: not in sight}
	 */
	public @Nullable Instant thresholdAt() {
		if (this.idle == null || isUseUnknown()) {
			return null;
		}
		Instant byIdle = this.idle.violationAt();
		Instant byOrphaned = (this.orphaned != null) ? this.orphaned.violationAt() : null;
		if (byIdle == null || byOrphaned == null) {
			return (byIdle != null) ? byIdle : byOrphaned;
		}
		return byIdle.isBefore(byOrphaned) ? byIdle : byOrphaned;
	}

	/**
	 * An open finding of the key.
	 *
	 * @param violation whether it is at {@code VIOLATION}
	 * @param since when it was first seen
	 * @param seenDays on how many different days it was seen
	 * @param violationAt when it is, or was, at {@code VIOLATION} if nothing changes
	 */
	public record Open(boolean violation, Instant since, int seenDays, @Nullable Instant violationAt) {

		private Open togetherWith(Open other) {
			return new Open(this.violation, this.since.isBefore(other.since) ? other.since : this.since,
					Math.min(this.seenDays, other.seenDays), this.violationAt);
		}

	}

}
