package io.keysteward.policy;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The objection of one rule to one key today.
 *
 * @param rule the rule's code
 * @param violation whether the rule alone puts it past the disabling threshold
 * @param reason one sentence for people, with the numbers; may contain untrusted text.
 * Where there is a {@code since}, {@link #AGO} stands for the time from then to the
 * as-of, which grows while nothing changes
 * @param since the instant from which that time counts; null: the sentence has none
 * @param violationAt when it reaches {@code VIOLATION} if nothing changes; null: never,
 * or not by the rule alone
 * @param graceDays days open after which it rises to {@code VIOLATION}; null: it does not
 * rise with time
 */
public record Finding(String rule, boolean violation, String reason, @Nullable Instant since,
		@Nullable Instant violationAt, @Nullable Integer graceDays) {

	/** In a reason: such as {@code 50 days ago}. The database puts it in. */
	public static final String AGO = "{ago}";

	/**
	 * {@return a finding that never goes above {@code WARN}}
	 */
	public static Finding warn(String rule, String reason) {
		return new Finding(rule, false, reason, null, null, null);
	}

}
