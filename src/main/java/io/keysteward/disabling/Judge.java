package io.keysteward.disabling;

import java.time.Instant;

import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Classification;
import org.jspecify.annotations.Nullable;

/**
 * Judges a key again right before it is switched, by its run's policy and as-of and by
 * today's exemptions.
 */
@FunctionalInterface
public interface Judge {

	/**
	 * {@return the policy's verdict on the key}
	 * @param key as its source showed it
	 * @param knownUse a newer use that an earlier reading has seen; null: none
	 * @throws io.keysteward.text.Failure where the key cannot be judged, so that nothing
	 * may be disabled
	 */
	Classification judge(KeyRecord key, @Nullable Instant knownUse);

}
