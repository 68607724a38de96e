package io.keysteward.disabling.gate;

import io.keysteward.disabling.Candidate;
import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.NoticeRound;
import io.keysteward.disabling.PlanContext;
import io.keysteward.run.Gate;
import io.keysteward.source.DisableCapability;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code KIND}: the key's kind may be disabled, and its source can disable reversibly.
 */
@Component
final class KindGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.KIND;
	}

	@Override
	public @Nullable String closed(Candidate key, NoticeRound round, PlanContext context) {
		DisableCapability disabling = context.source(key.key().source()).disabling();
		if (disabling.obstacle() != null) {
			return "Its source cannot disable: " + disabling.obstacle() + ".";
		}
		boolean never = key.kind() != null && disabling.neverDisableKinds().contains(key.kind());
		return never ? "Keys of its kind are never disabled." : null;
	}

}
