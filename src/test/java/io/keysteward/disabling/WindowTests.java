package io.keysteward.disabling;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WindowTests {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	private static final DisableSettings.Freeze HOLIDAYS = new DisableSettings.Freeze(LocalDate.of(2026, 12, 20),
			LocalDate.of(2027, 1, 6));

	private final Window window = Window.of("w.",
			new DisableSettings.Window(List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY), LocalTime.of(6, 0),
					LocalTime.of(16, 0), BERLIN, List.of(HOLIDAYS)));

	@ParameterizedTest
	@CsvSource({ "2026-11-23T05:00:00Z, true", // Monday, six in Berlin
			"2026-11-23T04:59:59Z, false", "2026-11-23T14:59:59Z, true", "2026-11-23T15:00:00Z, false",
			"2026-11-25T08:00:00Z, false", // Wednesday
			"2026-11-22T23:30:00Z, false", // Monday in Berlin, but at night
			"2026-07-20T04:00:00Z, true", // summer time
			"2026-07-20T03:59:59Z, false", "2026-12-14T08:00:00Z, true", "2026-12-21T08:00:00Z, false",
			"2027-01-05T08:00:00Z, false", "2027-01-11T08:00:00Z, true" })
	void keysAreDisabledInTheWindowOnly(Instant asOf, boolean open) {
		assertThat(this.window.closedAt(asOf) == null).isEqualTo(open);
	}

	@Test
	void withoutAWindowItIsAlwaysOpen() {
		assertThat(Window.of("w.", null).closedAt(Instant.parse("2026-11-22T03:00:00Z"))).isNull();
		assertThat(Window.of("w.", null).text()).isEqualTo("always");
	}

	@Test
	void whatHoldsIsSaid() {
		assertThat(this.window.closedAt(Instant.parse("2026-11-25T08:00:00Z")))
			.isEqualTo("The run's time, WEDNESDAY 09:00 (Europe/Berlin), lies outside of the window"
					+ " MONDAY, TUESDAY 06:00-16:00 Europe/Berlin, not from 2026-12-20 to 2027-01-06.");
		assertThat(this.window.closedAt(Instant.parse("2026-12-21T08:00:00Z")))
			.isEqualTo("On 2026-12-21 (Europe/Berlin) nothing is disabled: a freeze.");
	}

	@Test
	void aWindowThatCannotBeIsRefused() {
		refused(window(List.of(), LocalTime.MIN, null), "w.days: is empty");
		refused(window(null, LocalTime.of(16, 0), LocalTime.of(6, 0)), "w.to: '06:00' is not after from ('16:00')");
		refused(window(null, LocalTime.MIN, null,
				new DisableSettings.Freeze(LocalDate.of(2027, 1, 6), LocalDate.of(2026, 12, 20))),
				"w.freeze: from '2027-01-06' to '2026-12-20' is no span of days");
		refused(window(null, LocalTime.MIN, null, new DisableSettings.Freeze(null, LocalDate.of(2026, 12, 20))),
				"w.freeze: from 'null'");
	}

	private static DisableSettings.Window window(@Nullable List<DayOfWeek> days, LocalTime from, @Nullable LocalTime to,
			DisableSettings.Freeze... freezes) {
		return new DisableSettings.Window(days, from, to, ZoneOffset.UTC, List.of(freezes));
	}

	private static void refused(DisableSettings.@Nullable Window written, String line) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> Window.of("w.", written))
			.withMessageStartingWith(line);
	}

}
