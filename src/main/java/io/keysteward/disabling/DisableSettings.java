package io.keysteward.disabling;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Settings under {@code keysteward.disable}.
 *
 * @param armed whether {@code run --disable} may disable at all; null: no
 * @param maxKeys the most keys that one run may disable; 0: none
 * @param maxPercent the largest share of a source's active keys that one run may disable,
 * in percent; 0: none
 * @param minRuns on how many different days a finding must have been seen
 * @param notice how long before its key is disabled an owner must have been warned
 * @param finalNotice how long before it the owner must have been warned for the last time
 * @param noticeValid how long a warning counts
 * @param maxGap after a longer pause between two runs no earlier warning counts
 * @param aliveWithin some key of the source must have been used within this time
 * @param window when keys may be disabled; null: at any time
 */
public record DisableSettings(@Nullable Boolean armed, @Nullable Integer maxKeys, @Nullable Integer maxPercent,
		@Nullable Integer minRuns, @Nullable Duration notice, @Nullable Duration finalNotice,
		@Nullable Duration noticeValid, @Nullable Duration maxGap, @Nullable Duration aliveWithin,
		@Nullable Window window) {

	/** Nothing written: not armed. */
	public static final DisableSettings EMPTY = new DisableSettings(null, null, null, null, null, null, null, null,
			null, null);

	/**
	 * When keys may be disabled, by the run's as-of in a time zone.
	 *
	 * @param days the days of the week; null: all
	 * @param from the first time of day; null: the day's start
	 * @param to the end of the time of day, itself not included; null: the day's end
	 * @param zone the time zone; null: UTC
	 * @param freeze days on which nothing is disabled; null: none
	 */
	public record Window(@Nullable List<DayOfWeek> days, @Nullable LocalTime from, @Nullable LocalTime to,
			@Nullable ZoneId zone, @Nullable List<Freeze> freeze) {
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
