package io.keysteward.disabling.gate;

import io.keysteward.disabling.Candidate;
import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.NoticeRound;
import io.keysteward.disabling.PlanContext;
import io.keysteward.run.Gate;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code REFERENCED}: nothing else still names the key. A source without
 * {@code referenced_by} cannot close it.
 */
@Component
final class ReferencedGate implements KeyGate {

	private static final int SHOWN = 200;

	@Override
	public Gate gate() {
		return Gate.REFERENCED;
	}

	@Override
	public @Nullable String closed(Candidate key, NoticeRound round, PlanContext context) {
		String names = key.referencedBy();
		return (names == null || names.isEmpty()) ? null
				: "Something still names it: '" + SafeText.beginning(SafeText.line(names), SHOWN) + "'.";
	}

}
