package io.keysteward.disabling;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A notice about a key that a mail server has taken.
 *
 * @param at when
 * @param announced the day that it named, some instant of it
 * @param to the addresses for which it was taken, in lower case
 */
public record SentNotice(Instant at, Instant announced, Set<String> to) {

	/**
	 * {@return a notice as it is stored}
	 * @param recipients its addresses, joined by commas
	 */
	public static SentNotice of(Instant at, Instant announced, String recipients) {
		return new SentNotice(at, announced, Set.copyOf(List.of(recipients.toLowerCase(Locale.ROOT).split(", "))));
	}

	/**
	 * {@return whether somebody got it who would be told now}
	 */
	boolean reached(List<String> now) {
		return now.stream().map((address) -> address.toLowerCase(Locale.ROOT)).anyMatch(this.to::contains);
	}

	/**
	 * {@return when the day begins that it named: mails name days of UTC}
	 */
	Instant announcedDay() {
		return this.announced.truncatedTo(ChronoUnit.DAYS);
	}

}
