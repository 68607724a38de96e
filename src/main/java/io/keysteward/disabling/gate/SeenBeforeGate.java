package io.keysteward.disabling.gate;

import io.keysteward.disabling.Candidate;
import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.NoticeRound;
import io.keysteward.disabling.PlanContext;
import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code SEEN_BEFORE}: runs on enough different days have seen the finding.
 */
@Component
final class SeenBeforeGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.SEEN_BEFORE;
	}

	@Override
	public Asked asked() {
		return Asked.ON_THE_WAY;
	}

	@Override
	public @Nullable String closed(Candidate key, NoticeRound round, PlanContext context) {
		Candidate.Open finding = key.disablingFinding();
		if (finding == null) {
			finding = (key.idle() != null) ? key.idle() : key.orphaned();
		}
		int seen = (finding != null) ? finding.seenDays() : 0;
		int wanted = context.policy().minRuns();
		return (seen >= wanted) ? null : "Its finding was seen on " + seen + " of at least " + wanted + " days.";
	}

}
