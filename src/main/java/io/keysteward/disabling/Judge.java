package io.keysteward.disabling;

import java.time.Instant;

import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Classification;
import org.jspecify.annotations.Nullable;

/**
 * Judges a key once more, right before it is switched: by the policy and the as-of of its
 * run, and by the exemptions as they are now.
 */
@FunctionalInterface
public interface Judge {

	/**
	 * {@return what the policy says of the key}
	 * @param key as its source showed it
	 * @param knownUse a newer use of it that an earlier reading has seen; null: none
	 * @throws io.keysteward.text.Failure where that cannot be found out, and nothing may
	 * be disabled
	 */
	Classification judge(KeyRecord key, @Nullable Instant knownUse);

}
