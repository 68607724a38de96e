package io.keysteward.disabling;

import org.jspecify.annotations.Nullable;

/**
 * {@code REENABLED}: nobody switched the key on again since Keysteward disabled it, or
 * its owner has been told everything anew since.
 */
final class ReenabledGate implements KeyGate {

	private final NoticeGate notice = new NoticeGate();

	@Override
	public Gate gate() {
		return Gate.REENABLED;
	}

	@Override
	public @Nullable String closed(Candidate key, Rounds rounds, PlanTerms terms) {
		if (key.disabledAt() == null || this.notice.closed(key, rounds, terms) == null) {
			return null;
		}
		return "Keysteward disabled it on " + Sentences.day(key.disabledAt())
				+ " and it was switched on again: its owner is warned anew, both times.";
	}

}
