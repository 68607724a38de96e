package io.keysteward.disabling;

import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A gate that is asked of each key.
 */
public interface KeyGate {

	Gate gate();

	/**
	 * {@return of which keys it is asked}
	 */
	default Asked asked() {
		return Asked.ALWAYS;
	}

	/**
	 * {@return why the gate is closed for the key, in a sentence; null: it is open}
	 * @param key the key
	 * @param round the notices that count for it
	 * @param context what holds for every key
	 */
	@Nullable String closed(Candidate key, NoticeRound round, PlanContext context);

	/**
	 * Of which keys a gate is asked.
	 */
	enum Asked {

		/** Of each. */
		ALWAYS,

		/**
		 * Of each that no exemption covers. A finding that is exempt is not followed: of
		 * such a key the gate would say that it is in use, or that nobody was warned.
		 */
		UNLESS_EXEMPT,

		/**
		 * Of each on its way to being disabled. One that is never disabled, or in use, is
		 * not on that way: that nobody was warned of it is as it should be.
		 */
		ON_THE_WAY

	}

}
