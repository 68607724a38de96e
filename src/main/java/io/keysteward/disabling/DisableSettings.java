package io.keysteward.disabling;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code keysteward.disable}.
 *
 * @param armed whether {@code run --disable} may disable at all
 * @param maxKeys the most keys that one run may disable; 0: none; null: not written, and
 * nobody disables by a default
 * @param maxPercent the largest share of a source's active keys that one run may disable,
 * in percent; 0: none; null: not written
 * @param minRuns on how many different days a finding must have been seen
 * @param notice how long before its key is disabled an owner must have been warned
 * @param finalNotice how long before it the owner must have been warned for the last time
 * @param noticeValid how long a warning counts
 * @param maxGap after a longer pause between two runs no earlier warning counts
 * @param aliveWithin some key of the source must have been used within this time
 * @param trial a disabled key that is tried within this time is switched on again by
 * itself; 0: none is
 * @param window when keys may be disabled; null: at any time
 * @param approval whether somebody has to decide to disable a key
 * @param approvalValid how old the workbook of that decision may be
 */
public record DisableSettings(@DefaultValue("false") boolean armed, @Nullable Integer maxKeys,
		@Nullable Integer maxPercent, @DefaultValue("2") int minRuns, @DefaultValue("14d") Duration notice,
		@DefaultValue("7d") Duration finalNotice, @DefaultValue("45d") Duration noticeValid,
		@DefaultValue("10d") Duration maxGap, @DefaultValue("48h") Duration aliveWithin,
		@DefaultValue("0") Duration trial, @Nullable Window window, @DefaultValue("none") Approval approval,
		@DefaultValue("14d") Duration approvalValid) {

	/** Whether a decision of somebody is needed for each key. */
	public enum Approval {

		/** The other gates are enough. */
		NONE,

		/** No key is disabled without one. */
		REQUIRED

	}

	/**
	 * When keys may be disabled, by the run's as-of in a time zone.
	 *
	 * @param days the days of the week; null: all
	 * @param from the first time of day
	 * @param to the end of the time of day, itself not included; null: the day's end
	 * @param zone the time zone
	 * @param freeze days on which nothing is disabled
	 */
	public record Window(@Nullable List<DayOfWeek> days, @DefaultValue("00:00") LocalTime from, @Nullable LocalTime to,
			@DefaultValue("Z") ZoneId zone, @DefaultValue List<Freeze> freeze) {
	}

	/**
	 * Days on which nothing is disabled.
	 *
	 * @param from the first of them
	 * @param to the last of them
	 */
	public record Freeze(@Nullable LocalDate from, @Nullable LocalDate to) {
	}

}
