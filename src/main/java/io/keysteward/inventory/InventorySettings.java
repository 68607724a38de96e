package io.keysteward.inventory;

import java.util.Arrays;
import java.util.Locale;

import io.keysteward.run.InventoryScope;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Settings under {@code keysteward.inventory}.
 *
 * @param keepRuns inventories kept, the newest; null: 35
 * @param keep what an inventory keeps: {@code all} keys or {@code flagged} ones; null:
 * all
 */
public record InventorySettings(@Nullable Integer keepRuns, @Nullable String keep) {

	public InventorySettings {
		if (keepRuns != null && keepRuns < 2) {
			throw Failure.configuration("keysteward.inventory.keep-runs: '" + keepRuns
					+ "' is not allowed; at least 2, or changes between two runs cannot be told");
		}
		if (keep != null
				&& Arrays.stream(InventoryScope.values()).map(InventorySettings::word).noneMatch(keep::equals)) {
			throw Failure
				.configuration("keysteward.inventory.keep: '" + keep + "' is not allowed; it must be all or flagged");
		}
	}

	/**
	 * {@return how many inventories are kept}
	 */
	public int runs() {
		return (this.keepRuns != null) ? this.keepRuns : 35;
	}

	/**
	 * {@return which keys an inventory keeps}
	 */
	public InventoryScope keeping() {
		return (this.keep != null) ? InventoryScope.valueOf(this.keep.toUpperCase(Locale.ROOT)) : InventoryScope.ALL;
	}

	private static String word(InventoryScope keeping) {
		return keeping.name().toLowerCase(Locale.ROOT);
	}

}
