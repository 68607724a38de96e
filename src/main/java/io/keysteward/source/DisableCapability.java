package io.keysteward.source;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Whether and how a source's definition can disable keys.
 *
 * @param obstacle why it cannot disable, as a sentence; null: it disables reversibly
 * @param effectiveWithin how long the system may still accept a disabled key
 * @param neverDisableKinds kinds that are never disabled
 */
public record DisableCapability(@Nullable String obstacle, Duration effectiveWithin, Set<String> neverDisableKinds) {

	/**
	 * {@return the same, with this obstacle}
	 */
	public DisableCapability not(String why) {
		return new DisableCapability(why, this.effectiveWithin, this.neverDisableKinds);
	}

	/**
	 * {@return whether keys can be disabled and restored}
	 */
	public boolean reversible() {
		return this.obstacle == null;
	}

}
