package io.keysteward.forecast;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NightClockTests {

	@Test
	void itIsTheSameNightInEveryZone() {
		Instant night = Instant.parse("2026-01-20T02:00:00Z");
		NightClock clock = new NightClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
		clock.set(night);
		Clock elsewhere = clock.withZone(ZoneId.of("Europe/Berlin"));
		assertThat(elsewhere.instant()).isEqualTo(night);
		assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
	}

}
