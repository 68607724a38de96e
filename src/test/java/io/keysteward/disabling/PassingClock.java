package io.keysteward.disabling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that is set, and goes on from there as time does: a mail is sent after its
 * run's as-of.
 */
final class PassingClock extends Clock {

	private volatile Clock moved = Clock.systemUTC();

	void set(Instant now) {
		this.moved = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now));
	}

	@Override
	public Instant instant() {
		return this.moved.instant();
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this.moved.withZone(zone);
	}

}
