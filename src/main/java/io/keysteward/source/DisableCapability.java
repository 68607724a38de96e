package io.keysteward.source;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a source's definition says of switching its keys off.
 *
 * @param obstacle why it can never be armed, in a sentence; null: it disables reversibly
 * @param effectiveWithin how long the system may take to refuse a disabled key
 * @param neverDisableKinds kinds that are never disabled
 */
public record DisableCapability(@Nullable String obstacle, Duration effectiveWithin, Set<String> neverDisableKinds) {

	/**
	 * {@return the same, if it cannot be done}
	 */
	public DisableCapability not(String why) {
		return new DisableCapability(why, this.effectiveWithin, this.neverDisableKinds);
	}

	/**
	 * {@return whether a key can be switched off so that it can be switched on again}
	 */
	public boolean reversible() {
		return this.obstacle == null;
	}

}
