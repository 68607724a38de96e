package io.keysteward.disabling;

/**
 * What can hold a key that would otherwise be disabled. A key is held by the first closed
 * gate in this order, and all that are closed are named.
 */
public enum Gate {

	/** No exemption covers it; exemptions that cannot be read hold the whole run. */
	EXEMPT,

	/** Its kind may be disabled, and its source can disable reversibly. */
	KIND,

	/** It is past the disabling threshold, by the policy of this run. */
	LEVEL,

	/** Nobody re-enabled it since it was disabled. */
	REENABLED,

	/** Its finding was open on enough different days. */
	SEEN_BEFORE,

	/** Its owner was warned, long enough ago and not too long ago. */
	NOTICE,

	/** Policy and source definition are those of the previous run. */
	POLICY,

	/** The source shows signs of life and is whole. */
	FRESH,

	/** The run's time lies in the allowed days and hours. */
	WINDOW,

	/** The due keys are few enough. */
	BREAKER,

	/** Few enough owners would be warned at once. It holds warnings, and no key. */
	WARNINGS

}
