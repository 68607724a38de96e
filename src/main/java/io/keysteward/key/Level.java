package io.keysteward.key;

/**
 * How far a finding has gone.
 */
public enum Level {

	/** Past the warning threshold. */
	WARN,

	/** Past the disabling threshold. */
	VIOLATION

}
