package io.keysteward.disabling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.keysteward.disabling.NoticeSettings.ReminderSettings;
import io.keysteward.run.Reminder;
import io.keysteward.run.Reminders;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Checks the reminders of a configuration.
 *
 * @param notice how long before the day the first warning is sent
 * @param finalNotice how long before it the last one is sent
 */
record ReminderCheck(Duration notice, Duration finalNotice) {

	private static final int LONGEST_SUBJECT = 60;

	private static final int LONGEST_TEXT = 500;

	/**
	 * {@return the reminders}
	 * @throws Failure of configuration, for the first that is not allowed
	 */
	Reminders check(List<ReminderSettings> settings) {
		List<Reminder> reminders = new ArrayList<>();
		Set<Duration> days = new HashSet<>();
		for (int index = 0; index < settings.size(); index++) {
			String path = "keysteward.notices.reminders[" + index + "].";
			ReminderSettings written = settings.get(index);
			Duration before = before(path, written.before());
			if (!days.add(before)) {
				throw Failure.configuration(path + "before: '" + before.toDays()
						+ "d' is written twice; take one of the two reminders out");
			}
			String subject = words(path + "subject", written.subject(), LONGEST_SUBJECT);
			if (subject.isEmpty()) {
				throw Failure
					.configuration(path + "subject: is empty; write a word or two, or leave it out for 'Reminder'");
			}
			reminders.add(new Reminder(before, subject, words(path + "text", written.text(), LONGEST_TEXT)));
		}
		return new Reminders(List.copyOf(reminders));
	}

	private Duration before(String path, @Nullable Duration before) {
		if (before == null) {
			throw Failure
				.configuration(path + "before: is not set; write how long before the day it is sent, " + allowed());
		}
		boolean between = before.compareTo(this.finalNotice) > 0 && before.compareTo(this.notice) < 0;
		if (!between || !Duration.ofDays(before.toDays()).equals(before)) {
			throw Failure.configuration(path + "before: '" + DisablePolicy.text(before) + "' is not allowed: "
					+ (hasRoom() ? "it is " : "") + allowed());
		}
		return before;
	}

	private String allowed() {
		return hasRoom() ? "a whole number of days from '" + this.finalNotice.plusDays(1).toDays() + "d' to '"
				+ this.notice.minusDays(1).toDays() + "d', which lies between disable.final-notice and disable.notice"
				: "there is no day between disable.final-notice ('" + this.finalNotice.toDays()
						+ "d') and disable.notice ('" + this.notice.toDays() + "d'): make room for one, or take it out";
	}

	private boolean hasRoom() {
		return this.notice.minus(this.finalNotice).toDays() > 1;
	}

	private static String words(String path, String words, int most) {
		String line = words.strip();
		if (line.length() > most || SafeText.hides(line)) {
			throw Failure.configuration(path + ": '" + SafeText.beginning(SafeText.line(line), 40)
					+ "' is not allowed: it is one line of at most " + most + " characters, without hidden ones");
		}
		return line;
	}

}
