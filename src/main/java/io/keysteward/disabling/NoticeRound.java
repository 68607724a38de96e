package io.keysteward.disabling;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The round of notices that counts for a key: a warning, and a last one after it.
 *
 * @param warned the warning; null: none counts
 * @param last the last warning; null: none counts
 */
public record NoticeRound(@Nullable SentNotice warned, @Nullable SentNotice last) {

	/**
	 * {@return what counts for this key in this run}
	 */
	public static NoticeRound of(Candidate candidate, PlanContext context) {
		Instant since = countsSince(candidate, context);
		if (since == null) {
			return new NoticeRound(null, null);
		}
		Instant valid = context.asOf().minus(context.policy().noticeValid());
		List<String> now = context.audience().recipients().apply(candidate.contact());
		// The last one: the day that it names is the day that the owner goes by.
		SentNotice warned = last(candidate.warnings(),
				(notice) -> !notice.at().isBefore(since) && !notice.at().isBefore(valid) && notice.reached(now));
		return new NoticeRound(warned, (warned != null)
				? last(candidate.finals(), (notice) -> notice.at().isAfter(warned.at()) && notice.reached(now)) : null);
	}

	/**
	 * {@return when the warning was taken; null: none counts}
	 */
	public @Nullable Instant warnedAt() {
		return (this.warned != null) ? this.warned.at() : null;
	}

	/**
	 * {@return when the last warning was taken; null: none counts}
	 */
	public @Nullable Instant finalAt() {
		return (this.last != null) ? this.last.at() : null;
	}

	/**
	 * {@return the day before which the owner was told that nothing happens, whatever the
	 * policy has become since; null: none was named}
	 */
	public @Nullable Instant announced() {
		return Stream.of(Optional.ofNullable(this.warned), Optional.ofNullable(this.last))
			.flatMap(Optional::stream)
			.map(SentNotice::announcedDay)
			.max(Instant::compareTo)
			.orElse(null);
	}

	/**
	 * What was said before the fault was known, before the key was last used or made
	 * anew, before a long pause of the job, or before the key was last disabled or
	 * restored, was said of something else.
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
