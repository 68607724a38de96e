package io.keysteward.disabling;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyContact;
import io.keysteward.key.KeyId;
import io.keysteward.key.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A key with an {@code IDLE} or {@code ORPHANED} finding, and everything that the gates
 * look at.
 *
 * @param key its identity
 * @param kind the source's word for its kind
 * @param referencedBy what else still names it; null or empty: nothing, or not known
 * @param usage what is known of its use
 * @param createdAt when it was made; null: not known
 * @param lastUsedAt its last use in its source; null: none
 * @param knownUse a newer use that an earlier reading has seen; null: none
 * @param unusedSince the later of its newest use and its creation; null: neither is known
 * @param idleDays whole days without use
 * @param contact who may be notified
 * @param exemption the exemption that covers it; null: none
 * @param exemptUntil when the exemption ends
 * @param idle its open {@code IDLE} finding; null: it has none
 * @param orphaned its open {@code ORPHANED} finding; null: it has none
 * @param disabledAt when Keysteward last disabled it; null: never
 * @param touchedAt when Keysteward last disabled or restored it; null: never
 * @param warnings every {@code WARNING} for it that a mail server accepted
 * @param reminders every such {@code REMINDER}
 * @param finals every such {@code FINAL}
 * @param approval the last decision about it, if that is to disable it; null: there is
 * none
 */
public record Candidate(KeyId key, @Nullable String kind, @Nullable String referencedBy, Usage.State usage,
		@Nullable Instant createdAt, @Nullable Instant lastUsedAt, @Nullable Instant knownUse,
		@Nullable Instant unusedSince, @Nullable Integer idleDays, KeyContact contact, @Nullable String exemption,
		@Nullable Instant exemptUntil, @Nullable Open idle, @Nullable Open orphaned, @Nullable Instant disabledAt,
		@Nullable Instant touchedAt, List<SentNotice> warnings, List<SentNotice> reminders, List<SentNotice> finals,
		@Nullable Approval approval) {

	/**
	 * {@return whether its recent use is unknown: a source that has lost one use may have
	 * lost later ones too}
	 */
	boolean isUseUnknown() {
		return this.usage == Usage.State.UNKNOWN || this.knownUse != null;
	}

	/**
	 * {@return the finding for which the key may be disabled; an orphan's finding counts
	 * only together with {@code IDLE}; null: none is past its threshold}
	 */
	public @Nullable Open disablingFinding() {
		if (isUseUnknown() || this.idle == null) {
			return null;
		}
		if (this.idle.violation()) {
			return this.idle;
		}
		// An orphan in use needs an owner, and must not be disabled.
		return (this.orphaned != null && this.orphaned.violation()) ? this.orphaned.togetherWith(this.idle) : null;
	}

	/**
	 * {@return since when the key's fault is known; earlier warnings were about another
	 * one; null: no fault}
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
	 * {@return when the key passes the threshold if nothing changes; null: not known}
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
	 * Somebody's decision to disable the key.
	 *
	 * @param asOf the instant of the run in whose workbook it was written
	 * @param by who decided, by that workbook. Untrusted
	 */
	public record Approval(Instant asOf, String by) {
	}

	/**
	 * An open finding of the key.
	 *
	 * @param violation whether it is at {@code VIOLATION}
	 * @param since when it was first seen
	 * @param seenDays on how many different days it was seen
	 * @param violationAt when it reaches, or reached, {@code VIOLATION} if nothing
	 * changes
	 */
	public record Open(boolean violation, Instant since, int seenDays, @Nullable Instant violationAt) {

		private Open togetherWith(Open other) {
			return new Open(this.violation, this.since.isBefore(other.since) ? other.since : this.since,
					Math.min(this.seenDays, other.seenDays), this.violationAt);
		}

	}

}
