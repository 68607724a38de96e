package io.keysteward.inventory;

import java.time.Duration;
import java.util.Set;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * Settings under {@code keysteward.inventory}.
 *
 * @param keep how long what runs have found is kept: whole days
 */
public record InventorySettings(@DefaultValue("400d") String keep) {

	private static final Duration SHORTEST = Duration.ofDays(2);

	private static final Duration LONGEST = Duration.ofDays(36_500);

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
		try {
			Duration kept = DurationStyle.detectAndParse(keep);
			if (kept.compareTo(SHORTEST) >= 0 && kept.compareTo(LONGEST) <= 0
					&& kept.equals(Duration.ofDays(kept.toDays()))) {
				return kept;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// It is said below what is allowed.
		}
		throw Failure.configuration("keysteward.inventory.keep: '" + SafeText.visible(keep)
				+ "' is not allowed; write whole days from 2d to 36500d, such as 400d");
	}

}
