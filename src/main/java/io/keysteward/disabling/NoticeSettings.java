package io.keysteward.disabling;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code keysteward.notices}.
 *
 * @param maxOwners the most owners that one run may warn anew; 0: none
 * @param maxPercent the largest share of a source's active keys that one run may warn of
 * anew, in percent; 0: none
 * @param reminders further mails between the first warning and the last
 */
public record NoticeSettings(@DefaultValue("50") int maxOwners, @DefaultValue("10") int maxPercent,
		@DefaultValue List<ReminderSettings> reminders) {

	/**
	 * A further mail.
	 *
	 * @param before how long before the day on which a key may be disabled; null: not
	 * written
	 * @param subject what its subject begins with
	 * @param text a sentence of its own; empty: none
	 */
	public record ReminderSettings(@Nullable Duration before, @DefaultValue("Reminder") String subject,
			@DefaultValue("") String text) {
	}

}
