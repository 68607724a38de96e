package io.keysteward.disabling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The round of notices that counts for a key: a warning, and a last one after it.
 *
 * @param warnedAt when the warning was taken; null: none counts
 * @param finalAt when the last warning was taken; null: none counts
 */
record Rounds(@Nullable Instant warnedAt, @Nullable Instant finalAt) {

	/**
	 * {@return what counts for this key in this run}
	 */
	static Rounds of(Candidate candidate, PlanTerms terms) {
		Instant since = countsSince(candidate, terms);
		if (since == null) {
			return new Rounds(null, null);
		}
		Instant valid = terms.asOf().minus(terms.policy().noticeValid());
		// The last one: the day that it names is the day that the owner goes by.
		Instant warned = last(candidate.warnings(), (at) -> !at.isBefore(since) && !at.isBefore(valid));
		return new Rounds(warned, (warned != null) ? last(candidate.finals(), (at) -> at.isAfter(warned)) : null);
	}

	/**
	 * What was said before the fault was known, before the key was last used or made
	 * anew, before a long pause of the job, or before the key was last disabled or
	 * restored, was said of something else.
	 */
	private static @Nullable Instant countsSince(Candidate candidate, PlanTerms terms) {
		Instant since = candidate.wrongSince();
		if (since == null) {
			return null;
		}
		Instant resumed = terms.source(candidate.key().source()).resumedAt();
		return latest(latest(latest(since, candidate.unusedSince()), resumed), candidate.touchedAt());
	}

	private static Instant latest(Instant one, @Nullable Instant other) {
		return (other != null && other.isAfter(one)) ? other : one;
	}

	private static @Nullable Instant last(List<Instant> times, Predicate<Instant> counts) {
		Optional<Instant> last = times.stream().filter(counts).max(Instant::compareTo);
		return last.orElse(null);
	}

}
