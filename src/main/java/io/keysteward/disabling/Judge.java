package io.keysteward.disabling;

import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Classification;

/**
 * Judges a key once more, right before it is switched: by the policy and the as-of of its
 * run, and by the exemptions as they are now.
 */
@FunctionalInterface
public interface Judge {

	/**
	 * {@return what the policy says of the key}
	 * @throws io.keysteward.key.Failure where that cannot be found out, and nothing may
	 * be disabled
	 */
	Classification judge(KeyRecord key);

}
