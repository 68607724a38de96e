package io.keysteward.run;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

import io.keysteward.text.UtcDay;

/**
 * A further mail to an owner, between the first warning and the last one, with words of
 * its own.
 *
 * @param before how long before the day on which a key may be disabled; whole days
 * @param subject what its subject begins with
 * @param text a sentence of its own; empty: none
 */
public record Reminder(Duration before, String subject, String text) {

	/**
	 * {@return the day from which on it is due}
	 * @param dueAt the earliest time at which the key may be disabled
	 */
	public LocalDate dueFrom(Instant dueAt) {
		return UtcDay.day(dueAt).minusDays(this.before.toDays());
	}

}
