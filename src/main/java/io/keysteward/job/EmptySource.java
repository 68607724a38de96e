package io.keysteward.job;

import io.keysteward.inventory.Inventories;
import io.keysteward.text.Failure;

import org.springframework.stereotype.Component;

/**
 * Refuses a source that had keys in its last run and has none now.
 */
@Component
public class EmptySource {

	private final Inventories inventories;

	EmptySource(Inventories inventories) {
		this.inventories = inventories;
	}

	/**
	 * Refuses the source if its last run read keys.
	 * @param source the id of a source without any key
	 */
	public void requireAlwaysEmpty(String source) {
		requireAlwaysEmpty(source, this.inventories.lastCount(source, Long.MAX_VALUE));
	}

	static void requireAlwaysEmpty(String source, long lastCount) {
		if (lastCount > 0) {
			throw Failure.retry("source '" + source + "' returned no key at all, and " + lastCount
					+ " in its last run; see whether it is the right place, and whether the login may see all keys; if it"
					+ " is empty on purpose, start with --accept-empty", null);
		}
	}

}
