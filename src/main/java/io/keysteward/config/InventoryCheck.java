package io.keysteward.config;

import io.keysteward.inventory.InventorySettings;
import io.keysteward.text.Plural;

/**
 * Shows how long inventories are kept.
 */
final class InventoryCheck implements ReadinessCheck {

	private final InventorySettings settings;

	InventoryCheck(InventorySettings settings) {
		this.settings = settings;
	}

	@Override
	public String check(Trial trial) {
		return "what runs have found is kept for " + Plural.of(this.settings.kept().toDays(), "day");
	}

}
