package io.keysteward.disabling;

import io.keysteward.source.Disabling;
import org.jspecify.annotations.Nullable;

/**
 * {@code KIND}: the key's kind may be disabled, and its source can disable reversibly.
 */
final class KindGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.KIND;
	}

	@Override
	public @Nullable String closed(Candidate key, Rounds rounds, PlanTerms terms) {
		Disabling disabling = terms.source(key.key().source()).disabling();
		if (disabling.obstacle() != null) {
			return "Its source cannot disable: " + disabling.obstacle() + ".";
		}
		boolean never = key.kind() != null && disabling.neverDisableKinds().contains(key.kind());
		return never ? "Keys of its kind are never disabled." : null;
	}

}
