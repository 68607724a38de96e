package io.keysteward.disabling;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A notice about a key that a mail server accepted.
 *
 * @param at when
 * @param announced some instant of the day that it named
 * @param to the addresses for which it was accepted, in lower case
 */
public record SentNotice(Instant at, Instant announced, Set<String> to) {

	/**
	 * {@return a notice from its stored columns}
	 * @param recipients its addresses, joined by commas
	 */
	public static SentNotice of(Instant at, Instant announced, String recipients) {
		return new SentNotice(at, announced, Set.copyOf(List.of(recipients.toLowerCase(Locale.ROOT).split(", "))));
	}

	/**
	 * {@return whether somebody got it who would be notified now}
	 */
	boolean reached(List<String> now) {
		return now.stream().map((address) -> address.toLowerCase(Locale.ROOT)).anyMatch(this.to::contains);
	}

	/**
	 * {@return the start of the day that it named; mails name days in UTC}
	 */
	Instant announcedDay() {
		return this.announced.truncatedTo(ChronoUnit.DAYS);
	}

}
