package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.keysteward.run.Reminder;
import io.keysteward.run.Reminders;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

/**
 * When a key may be disabled: the checked settings, with defaults filled in.
 *
 * @param armed whether anything may be disabled at all
 * @param maxKeys the most keys of one run
 * @param maxPercent the largest share of a source's active keys
 * @param minRuns the number of different days on which a finding must have been seen
 * @param notice how long before the day an owner must have been warned
 * @param finalNotice how long before the day an owner must have got the last warning
 * @param noticeValid how long a warning counts
 * @param maxGap the longest pause between two runs after which earlier warnings still
 * count
 * @param aliveWithin the time within which some key of the source must have been used
 * @param trial how long after its disabling an attempt to use a key switches it on again;
 * zero: never
 * @param window when keys may be disabled
 * @param brake how many owners may be warned at once
 * @param reminders further mails between the warning and the last one
 * @param approvalValid how old the workbook may be by which somebody decided to disable a
 * key; null: nobody has to
 */
public record DisablePolicy(boolean armed, int maxKeys, int maxPercent, int minRuns, Duration notice,
		Duration finalNotice, Duration noticeValid, Duration maxGap, Duration aliveWithin, Duration trial,
		Window window, WarningBrake brake, Reminders reminders, @Nullable Duration approvalValid) {

	private static final String PATH = "keysteward.disable.";

	private static final Duration DAY = Duration.ofDays(1);

	/** A hundred years mean never, and keep every sum of instants in range. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	/**
	 * {@return the policy of these settings}
	 * @throws Failure where a setting is not allowed, or a required bound is missing
	 */
	public static DisablePolicy of(DisableSettings settings, NoticeSettings notices) {
		boolean armed = settings.armed();
		Duration notice = days("notice", settings.notice());
		Duration finalNotice = days("final-notice", settings.finalNotice());
		Duration noticeValid = days("notice-valid", settings.noticeValid());
		requireNotLonger("final-notice", finalNotice, "notice", notice);
		requireNotLonger("notice", notice.plus(DAY), "notice-valid", noticeValid);
		return new DisablePolicy(armed, bound("max-keys", settings.maxKeys(), 20, Integer.MAX_VALUE, armed),
				bound("max-percent", settings.maxPercent(), 5, 100, armed), minRuns(settings.minRuns()), notice,
				finalNotice, noticeValid, days("max-gap", settings.maxGap()), alive(settings.aliveWithin()),
				trial(settings.trial()), Window.of(PATH + "window.", settings.window()), WarningBrake.of(notices),
				new ReminderCheck(notice, finalNotice).check(notices.reminders()), approvalValid(settings));
	}

	/**
	 * {@return whether both switches are on for this run}
	 */
	public boolean allows(Run run) {
		return run.mode() == RunMode.DISABLE && this.armed;
	}

	/**
	 * {@return every setting by its name under {@code keysteward}, but for the one that
	 * arms: as text for people and for the policy's hash}
	 */
	public Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("disable.max-keys", String.valueOf(this.maxKeys));
		settings.put("disable.max-percent", String.valueOf(this.maxPercent));
		settings.put("disable.min-runs", String.valueOf(this.minRuns));
		settings.put("disable.notice", text(this.notice));
		settings.put("disable.final-notice", text(this.finalNotice));
		settings.put("disable.notice-valid", text(this.noticeValid));
		settings.put("disable.max-gap", text(this.maxGap));
		settings.put("disable.alive-within", text(this.aliveWithin));
		// Without one the policy is what it was before there were trials.
		if (!this.trial.isZero()) {
			settings.put("disable.trial", text(this.trial));
		}
		settings.put("disable.window", this.window.text());
		settings.putAll(this.brake.settings());
		if (!this.reminders.all().isEmpty()) {
			settings.put("notices.reminders",
					this.reminders.all()
						.stream()
						.map(Reminder::before)
						.sorted(Comparator.reverseOrder())
						.map(DisablePolicy::text)
						.collect(Collectors.joining(", ")));
		}
		// Otherwise every policy would be another one than before there was this setting.
		if (this.approvalValid != null) {
			settings.put("disable.approval", "required");
			settings.put("disable.approval-valid", text(this.approvalValid));
		}
		return settings;
	}

	/**
	 * {@return why the approval of a key does not open its gate; null: it does, or none
	 * is required}
	 */
	public @Nullable String notApproved(Candidate.@Nullable Approval approval, Instant asOf) {
		if (this.approvalValid == null) {
			return null;
		}
		if (approval == null) {
			return "No decision to disable it is in force.";
		}
		String decided = SafeText.shortened(approval.by()) + " decided to disable it by the workbook of "
				+ UtcDay.day(approval.asOf());
		if (approval.asOf().isAfter(asOf)) {
			return decided + ", which is later than this run.";
		}
		return approval.asOf().isBefore(asOf.minus(this.approvalValid))
				? decided + ", which is more than " + Plural.of(this.approvalValid.toDays(), "day") + " ago." : null;
	}

	private static @Nullable Duration approvalValid(DisableSettings settings) {
		Duration valid = days("approval-valid", settings.approvalValid());
		return (settings.approval() == DisableSettings.Approval.REQUIRED) ? valid : null;
	}

	/** Arming requires a written bound: nobody disables by a default. */
	private static int bound(String name, @Nullable Integer value, int otherwise, int most, boolean armed) {
		if (value == null) {
			if (armed) {
				throw Failure.configuration(PATH + name + ": is not set, and keysteward.disable.armed is true; both"
						+ " max-keys and max-percent must be written. Write " + otherwise + ", or 0 for none.");
			}
			return otherwise;
		}
		if (value < 0 || value > most) {
			throw refused(name, value.toString(), "it is a whole number from 0 (none) to " + most);
		}
		return value;
	}

	private static int minRuns(int runs) {
		if (runs < 1 || runs > 365) {
			throw refused("min-runs", String.valueOf(runs), "it is a whole number of days from 1 to 365");
		}
		return runs;
	}

	private static Duration days(String name, Duration days) {
		if (!Duration.ofDays(days.toDays()).equals(days) || days.compareTo(DAY) < 0 || days.compareTo(LONGEST) > 0) {
			throw refused(name, text(days),
					"it is a whole number of days (24 hours each), at least one, such as '14d'");
		}
		return days;
	}

	private static Duration alive(Duration alive) {
		if (alive.isNegative() || alive.isZero() || alive.compareTo(LONGEST) > 0) {
			throw refused("alive-within", text(alive), "it is a duration of more than nothing, such as '48h'");
		}
		return alive;
	}

	private static Duration trial(Duration trial) {
		if (trial.isNegative() || trial.compareTo(LONGEST) > 0) {
			throw refused("trial", text(trial), "it is a duration such as '24h', or 0 for no trial");
		}
		return trial;
	}

	private static void requireNotLonger(String name, Duration shorter, String other, Duration longer) {
		if (shorter.compareTo(longer) > 0) {
			throw Failure.configuration(PATH + name + ": no key could ever become due, since " + other + " is '"
					+ text(longer) + "'; lower it, or raise " + other);
		}
	}

	private static Failure refused(String name, String value, String allowed) {
		return Failure.configuration(PATH + name + ": '" + value + "' is not allowed: " + allowed + ".");
	}

	static String text(Duration duration) {
		return Duration.ofDays(duration.toDays()).equals(duration) ? duration.toDays() + "d"
				: Duration.ofHours(duration.toHours()).equals(duration) ? duration.toHours() + "h"
						: duration.toString();
	}

}
