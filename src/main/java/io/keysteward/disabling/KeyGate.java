package io.keysteward.disabling;

import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A gate that holds single keys.
 */
public interface KeyGate {

	Gate gate();

	/**
	 * {@return the keys that the gate is applied to}
	 */
	default Asked asked() {
		return Asked.ALWAYS;
	}

	/**
	 * {@return why the gate is closed for the key, as a sentence; null: it is open}
	 * @param key the key
	 * @param round the notices that count for the key
	 * @param context what is the same for every key
	 */
	@Nullable String closed(Candidate key, NoticeRound round, PlanContext context);

	/**
	 * The keys that a gate is applied to.
	 */
	enum Asked {

		/** All keys. */
		ALWAYS,

		/**
		 * Keys that no exemption covers. Exempt findings are not followed, so the gate
		 * would call such a key used, or its owner not warned.
		 */
		UNLESS_EXEMPT,

		/**
		 * Keys on their way to being disabled. For a key in use, of a kind that is never
		 * disabled, or that something still names, it is correct that nobody was warned.
		 */
		ON_THE_WAY

	}

}
