package io.keysteward.disabling;

import org.jspecify.annotations.Nullable;

/**
 * A gate that is asked of each key.
 */
interface KeyGate {

	Gate gate();

	/**
	 * {@return why the gate is closed for the key, in a sentence; null: it is open}
	 * @param key the key
	 * @param rounds the notices that count for it
	 * @param terms what holds for every key
	 */
	@Nullable String closed(Candidate key, Rounds rounds, PlanTerms terms);

}
