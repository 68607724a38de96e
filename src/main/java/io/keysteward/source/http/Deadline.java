package io.keysteward.source.http;

import java.time.Duration;

/**
 * A deadline, by a monotonic clock.
 */
final class Deadline {

	private final Duration allowed;

	private final long end;

	private Deadline(Duration allowed) {
		this.allowed = allowed;
		this.end = System.nanoTime() + allowed.toNanos();
	}

	static Deadline in(Duration allowed) {
		return new Deadline(allowed);
	}

	/**
	 * {@return the time left, at least zero}
	 */
	Duration left() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

	boolean isOver() {
		return left().isZero();
	}

	/**
	 * {@return the whole time allowed}
	 */
	Duration allowed() {
		return this.allowed;
	}

}
