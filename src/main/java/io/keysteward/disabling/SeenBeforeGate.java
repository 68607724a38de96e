package io.keysteward.disabling;

import org.jspecify.annotations.Nullable;

/**
 * {@code SEEN_BEFORE}: the finding was open in runs of enough different days.
 */
final class SeenBeforeGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.SEEN_BEFORE;
	}

	@Override
	public @Nullable String closed(Candidate key, Rounds rounds, PlanTerms terms) {
		Candidate.Open finding = key.decisive();
		if (finding == null) {
			finding = (key.idle() != null) ? key.idle() : key.orphaned();
		}
		int seen = (finding != null) ? finding.seenDays() : 0;
		int wanted = terms.policy().minRuns();
		return (seen >= wanted) ? null : "Its finding was seen on " + seen + " of at least " + wanted + " days.";
	}

}
