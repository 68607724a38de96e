package io.keysteward.insight;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The reasons for which a finding has ended.
 */
enum Resolution {

	USED_AGAIN("The key was used again."), RENAMED("The key was renamed."),

	REASSIGNED("Its project or owner changed."), DISABLED("The key is disabled."),

	DISABLED_BY_KEYSTEWARD("Keysteward disabled the key."), EXPIRED("The key has expired."),

	GONE("The key is gone from its source."), EXEMPTED("An exemption covers it now."),

	NOT_GOVERNED("Its kind is not governed any more."),

	USAGE_UNKNOWN("Its use is not known any more, and unknown is never idle."),

	POLICY_CHANGED("The policy changed."), NO_LONGER_TRUE("It is not so any more.");

	private final String sentence;

	Resolution(String sentence) {
		this.sentence = sentence;
	}

	/**
	 * {@return whether what was wrong with the key is right now; otherwise it is only not
	 * judged any more, or judged differently}
	 */
	static boolean isRight(String stored) {
		return Stream.of(USED_AGAIN, RENAMED, REASSIGNED, NO_LONGER_TRUE)
			.anyMatch((each) -> each.name().equals(stored));
	}

	/**
	 * {@return the sentence for a stored reason; a reason that this version does not know
	 * stays as it is}
	 */
	static String sentence(String stored) {
		return Arrays.stream(values())
			.filter((resolution) -> resolution.name().equals(stored))
			.findFirst()
			.map((resolution) -> resolution.sentence)
			.orElse(stored);
	}

}
