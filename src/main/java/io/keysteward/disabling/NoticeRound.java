package io.keysteward.disabling;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

/**
 * The notices that count for a key: a warning, and what followed it.
 *
 * @param warned the warning; null: none counts
 * @param reminded the newest reminder after it; null: none counts
 * @param last the last warning; null: none counts
 */
public record NoticeRound(@Nullable SentNotice warned, @Nullable SentNotice reminded, @Nullable SentNotice last) {

	private static final NoticeRound NONE = new NoticeRound(null, null, null);

	/**
	 * {@return the notices that count for this key in this run}
	 */
	public static NoticeRound select(Candidate candidate, PlanContext context) {
		Instant since = countsSince(candidate, context);
		if (since == null) {
			return NONE;
		}
		Instant valid = context.asOf().minus(context.policy().noticeValid());
		List<String> now = context.audience().recipients().apply(candidate.contact());
		// The latest one, since the owner relies on the day that it names.
		SentNotice warned = last(candidate.warnings(),
				(notice) -> !notice.at().isBefore(since) && !notice.at().isBefore(valid) && notice.reached(now));
		if (warned == null) {
			return NONE;
		}
		Predicate<SentNotice> follows = (notice) -> notice.at().isAfter(warned.at()) && notice.reached(now);
		return new NoticeRound(warned, last(candidate.reminders(), follows), last(candidate.finals(), follows));
	}

	/**
	 * {@return when the mail server accepted the warning; null: none counts}
	 */
	public @Nullable Instant warnedAt() {
		return (this.warned != null) ? this.warned.at() : null;
	}

	/**
	 * {@return when the mail server accepted the last warning; null: none counts}
	 */
	public @Nullable Instant finalAt() {
		return (this.last != null) ? this.last.at() : null;
	}

	/**
	 * {@return whether the owner has been written to on this day or later}
	 */
	boolean hasNoticeSince(LocalDate day) {
		return sent().anyMatch((notice) -> !UtcDay.day(notice.at()).isBefore(day));
	}

	/**
	 * {@return the day that the mails named as the earliest one, whatever the policy is
	 * now; null: none}
	 */
	public @Nullable Instant announced() {
		return sent().map(SentNotice::announcedDay).max(Instant::compareTo).orElse(null);
	}

	private Stream<SentNotice> sent() {
		return Stream
			.of(Optional.ofNullable(this.warned), Optional.ofNullable(this.reminded), Optional.ofNullable(this.last))
			.flatMap(Optional::stream);
	}

	/**
	 * A notice does not count from before the fault was known, the key's last use or
	 * creation, a long pause of the job, or its last disabling or restore.
	 */
	private static @Nullable Instant countsSince(Candidate candidate, PlanContext context) {
		Instant since = candidate.faultySince();
		if (since == null) {
			return null;
		}
		Instant resumed = context.source(candidate.key().source()).resumedAt();
		return latest(latest(latest(since, candidate.unusedSince()), resumed), candidate.touchedAt());
	}

	private static Instant latest(Instant one, @Nullable Instant other) {
		return (other != null && other.isAfter(one)) ? other : one;
	}

	private static @Nullable SentNotice last(List<SentNotice> notices, Predicate<SentNotice> counts) {
		return notices.stream().filter(counts).max(Comparator.comparing(SentNotice::at)).orElse(null);
	}

}
