package io.keysteward.insight;

import io.keysteward.key.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a key's last use where there is no time of one.
 */
public final class UsageText {

	private UsageText() {
	}

	/**
	 * {@return the words}
	 * @param usage what is known of its use, as it is stored; null: no inventory has the
	 * key
	 */
	public static String withoutUse(@Nullable String usage) {
		if (usage == null) {
			return "not known";
		}
		return switch (Usage.State.valueOf(usage)) {
			case NEVER_USED -> "never";
			case USED, UNKNOWN -> "not recorded";
		};
	}

}
