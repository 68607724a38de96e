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
 * {@code EXEMPT}: no exemption covers the key.
 */
@Component
final class ExemptGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.EXEMPT;
	}

	@Override
	public @Nullable String closed(Candidate key, NoticeRound round, PlanContext context) {
		if (key.exemption() == null) {
			return null;
		}
		return "Exempt by " + key.exemption()
				+ ((key.exemptUntil() != null) ? " until " + UtcDay.day(key.exemptUntil()) : "") + ".";
	}

}
