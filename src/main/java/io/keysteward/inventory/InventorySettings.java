package io.keysteward.inventory;

import java.time.Duration;
import java.util.Set;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.WholeDays;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code keysteward.inventory}.
 *
 * @param keep how long what runs have found is kept: whole days
 */
public record InventorySettings(@DefaultValue("400d") String keep) {

	/** In days. */
	private static final int LEAST = 2;

	/** What the property meant before. */
	private static final Set<String> SCOPES = Set.of("all", "flagged");

	public InventorySettings {
		parse(keep);
	}

	/**
	 * {@return how long inventories are kept}
	 */
	public Duration kept() {
		return parse(this.keep);
	}

	private static Duration parse(String keep) {
		if (SCOPES.contains(keep)) {
			throw Failure.configuration("keysteward.inventory.keep: '" + keep
					+ "' is not needed any more: a key that is as it was takes no room; write how long what runs have"
					+ " found is kept, such as 400d, or leave the property out");
		}
		return WholeDays.parse(keep, LEAST)
			.orElseThrow(() -> Failure.configuration(
					"keysteward.inventory.keep: '" + SafeText.visible(keep) + "' is not allowed; write whole days from "
							+ LEAST + "d to " + WholeDays.MOST + "d, such as 400d"));
	}

}
