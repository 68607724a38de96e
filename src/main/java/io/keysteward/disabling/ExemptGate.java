package io.keysteward.disabling;

import org.jspecify.annotations.Nullable;

/**
 * {@code EXEMPT}: no exemption covers the key.
 */
final class ExemptGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.EXEMPT;
	}

	@Override
	public @Nullable String closed(Candidate key, Rounds rounds, PlanTerms terms) {
		if (key.exemption() == null) {
			return null;
		}
		return "Exempt by " + key.exemption()
				+ ((key.exemptUntil() != null) ? " until " + Sentences.day(key.exemptUntil()) : "") + ".";
	}

}
