package io.keysteward.inventory;

import java.util.Arrays;
import java.util.Locale;

import io.keysteward.key.Failure;
import io.keysteward.run.Keeping;
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
		if (keep != null && Arrays.stream(Keeping.values()).map(InventorySettings::word).noneMatch(keep::equals)) {
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
	public Keeping keeping() {
		return (this.keep != null) ? Keeping.valueOf(this.keep.toUpperCase(Locale.ROOT)) : Keeping.ALL;
	}

	private static String word(Keeping keeping) {
		return keeping.name().toLowerCase(Locale.ROOT);
	}

}
