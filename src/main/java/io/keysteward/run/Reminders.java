package io.keysteward.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.keysteward.text.UtcDay;

/**
 * The reminders between the first warning and the last one.
 *
 * @param all all of them, each with another {@code before}
 */
public record Reminders(List<Reminder> all) {

	/** As shipped. */
	public static final Reminders NONE = new Reminders(List.of());

	/**
	 * {@return the latest reminder whose day has come; by days, since a mail goes out
	 * minutes after the as-of that counts}
	 * @param dueAt the earliest time at which a key may be disabled
	 * @param asOf the run's as-of
	 */
	public Optional<Reminder> dueBy(Instant dueAt, Instant asOf) {
		return this.all.stream()
			.filter((reminder) -> !reminder.dueFrom(dueAt).isAfter(UtcDay.day(asOf)))
			.min(Comparator.comparing(Reminder::before));
	}

}
