package io.keysteward.disabling;

import org.jspecify.annotations.Nullable;

/**
 * Settings under {@code keysteward.notices}.
 *
 * @param maxOwners the most owners that one run may warn anew; 0: none
 * @param maxPercent the largest share of a source's active keys that one run may warn of
 * anew, in percent; 0: none
 */
public record NoticeSettings(@Nullable Integer maxOwners, @Nullable Integer maxPercent) {

	/** Nothing written. */
	public static final NoticeSettings EMPTY = new NoticeSettings(null, null);

}
