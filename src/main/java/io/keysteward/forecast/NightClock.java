package io.keysteward.forecast;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The clock of a rehearsal: each night starts when it is set to, and then passes as time
 * does.
 */
final class NightClock extends Clock {

	private final Clock ours;

	private volatile Clock night;

	NightClock(Clock ours) {
		this.ours = ours;
		this.night = ours;
	}

	void set(Instant now) {
		this.night = Clock.offset(this.ours, Duration.between(this.ours.instant(), now));
	}

	@Override
	public Instant instant() {
		return this.night.instant();
	}

	@Override
	public ZoneId getZone() {
		return this.ours.getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this.night.withZone(zone);
	}

}
