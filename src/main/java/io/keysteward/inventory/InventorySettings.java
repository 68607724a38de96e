package io.keysteward.inventory;

import io.keysteward.key.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Settings under {@code keysteward.inventory}.
 *
 * @param keepRuns inventories kept, the newest; null: 35
 */
public record InventorySettings(@Nullable Integer keepRuns) {

	public InventorySettings {
		if (keepRuns != null && keepRuns < 2) {
			throw Failure.configuration("keysteward.inventory.keep-runs: '" + keepRuns
					+ "' is not allowed; at least 2, or changes between two runs cannot be told");
		}
	}

	/**
	 * {@return how many inventories are kept}
	 */
	public int keep() {
		return (this.keepRuns != null) ? this.keepRuns : 35;
	}

}
