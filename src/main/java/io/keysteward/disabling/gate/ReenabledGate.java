package io.keysteward.disabling.gate;

import io.keysteward.disabling.Candidate;
import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.NoticeRound;
import io.keysteward.disabling.PlanContext;
import io.keysteward.run.Gate;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code REENABLED}: Keysteward has not disabled the key before, or its owner has got
 * both warnings again since.
 */
@Component
final class ReenabledGate implements KeyGate {

	private final NoticeGate notice = new NoticeGate();

	@Override
	public Gate gate() {
		return Gate.REENABLED;
	}

	@Override
	public Asked asked() {
		return Asked.UNLESS_EXEMPT;
	}

	@Override
	public @Nullable String closed(Candidate key, NoticeRound round, PlanContext context) {
		if (key.disabledAt() == null || this.notice.closed(key, round, context) == null) {
			return null;
		}
		return "Keysteward disabled it on " + UtcDay.day(key.disabledAt())
				+ " and it was switched on again: its owner is warned anew, both times.";
	}

}
