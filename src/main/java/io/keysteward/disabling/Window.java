package io.keysteward.disabling;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The days and hours in which keys may be disabled.
 *
 * @param days days of the week
 * @param from the first time of day
 * @param to the exclusive end of the time of day; null: the day's end
 * @param zone the time zone of these times
 * @param freezes spans of days without any disabling
 */
public record Window(Set<DayOfWeek> days, LocalTime from, @Nullable LocalTime to, ZoneId zone, List<Span> freezes) {

	private static final Window ALWAYS = new Window(EnumSet.allOf(DayOfWeek.class), LocalTime.MIN, null, ZoneOffset.UTC,
			List.of());

	/**
	 * {@return the window with these settings}
	 * @param path the settings' path for messages, with the last dot
	 */
	static Window of(String path, DisableSettings.@Nullable Window written) {
		if (written == null) {
			return ALWAYS;
		}
		Set<DayOfWeek> days = (written.days() != null) ? Set.copyOf(written.days()) : ALWAYS.days;
		if (days.isEmpty()) {
			throw Failure.configuration(
					path + "days: is empty; name at least one day, such as MONDAY, or leave it out" + " for all");
		}
		LocalTime from = written.from();
		if (written.to() != null && !from.isBefore(written.to())) {
			throw Failure.configuration(path + "to: '" + written.to() + "' is not after from ('" + from
					+ "'); a window lies within one day");
		}
		return new Window(days, from, written.to(), written.zone(), freezes(path, written.freeze()));
	}

	private static List<Span> freezes(String path, List<DisableSettings.Freeze> written) {
		return written.stream().map((freeze) -> {
			if (freeze.from() == null || freeze.to() == null || freeze.to().isBefore(freeze.from())) {
				throw Failure.configuration(path + "freeze: from '" + freeze.from() + "' to '" + freeze.to()
						+ "' is no span of days; write both dates, the earlier one first");
			}
			return new Span(freeze.from(), freeze.to());
		}).toList();
	}

	/**
	 * {@return why nothing may be disabled at this instant; null: keys may be disabled}
	 */
	public @Nullable String closedAt(Instant instant) {
		ZonedDateTime local;
		try {
			local = instant.atZone(this.zone);
		}
		catch (DateTimeException ex) {
			return "The run's time cannot be told in the zone " + this.zone + ".";
		}
		LocalDate day = local.toLocalDate();
		LocalTime time = local.toLocalTime();
		boolean frozen = this.freezes.stream()
			.anyMatch((span) -> !day.isBefore(span.from()) && !day.isAfter(span.to()));
		if (frozen) {
			return "On " + day + " (" + this.zone + ") nothing is disabled: a freeze.";
		}
		if (!this.days.contains(local.getDayOfWeek()) || time.isBefore(this.from)
				|| (this.to != null && !time.isBefore(this.to))) {
			return "The run's time, " + local.getDayOfWeek() + " " + time.withNano(0) + " (" + this.zone
					+ "), lies outside of the window " + text() + ".";
		}
		return null;
	}

	/**
	 * {@return the window as text for people}
	 */
	String text() {
		if (equals(ALWAYS)) {
			return "always";
		}
		String freeze = this.freezes.isEmpty() ? ""
				: this.freezes.stream()
					.map((span) -> span.from() + " to " + span.to())
					.collect(Collectors.joining(", ", ", not from ", ""));
		return this.days.stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(", ")) + " " + this.from
				+ "-" + ((this.to != null) ? this.to : "24:00") + " " + this.zone + freeze;
	}

	/**
	 * A span of days.
	 *
	 * @param from the first day
	 * @param to the last day
	 */
	record Span(LocalDate from, LocalDate to) {
	}

}
