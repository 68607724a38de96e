package io.keysteward.config;

import io.keysteward.inventory.InventorySettings;
import io.keysteward.run.InventoryScope;

/**
 * Shows how much of each inventory is kept.
 */
final class InventoryCheck implements ReadinessCheck {

	private final InventorySettings settings;

	InventoryCheck(InventorySettings settings) {
		this.settings = settings;
	}

	@Override
	public String check(Trial trial) {
		return ((this.settings.keeping() == InventoryScope.ALL) ? "all keys" : "flagged keys and data errors only")
				+ " of the last " + this.settings.keepRuns() + " runs are kept";
	}

}
