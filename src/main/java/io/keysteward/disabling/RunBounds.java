package io.keysteward.disabling;

import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

/**
 * How the gates of a run as a whole hold it.
 *
 * @param breaker why what is due is not disabled, as a sentence; null: it may be
 * @param brake whether no owner is warned. Last warnings wait too, since what causes so
 * many first ones makes them unreliable
 */
record RunBounds(@Nullable String breaker, boolean brake) {

	KeyDecision apply(KeyDecision decision) {
		KeyDecision held = (this.breaker != null) ? decision.heldBy(Gate.BREAKER, this.breaker) : decision;
		return this.brake ? held.withoutNotice() : held;
	}

}
