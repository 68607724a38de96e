package io.keysteward.inventory;

import java.util.Arrays;
import java.util.Locale;

import io.keysteward.run.InventoryScope;
import io.keysteward.text.Failure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code keysteward.inventory}.
 *
 * @param keepRuns inventories kept, the newest
 * @param keep what an inventory keeps: {@code all} keys or {@code flagged} ones
 */
public record InventorySettings(@DefaultValue("35") int keepRuns, @DefaultValue("all") String keep) {

	public InventorySettings {
		if (keepRuns < 2) {
			throw Failure.configuration("keysteward.inventory.keep-runs: '" + keepRuns
					+ "' is not allowed; at least 2, or changes between two runs cannot be told");
		}
		if (Arrays.stream(InventoryScope.values()).map(InventorySettings::word).noneMatch(keep::equals)) {
			throw Failure
				.configuration("keysteward.inventory.keep: '" + keep + "' is not allowed; it must be all or flagged");
		}
	}

	/**
	 * {@return which keys an inventory keeps}
	 */
	public InventoryScope keeping() {
		return InventoryScope.valueOf(this.keep.toUpperCase(Locale.ROOT));
	}

	private static String word(InventoryScope keeping) {
		return keeping.name().toLowerCase(Locale.ROOT);
	}

}
