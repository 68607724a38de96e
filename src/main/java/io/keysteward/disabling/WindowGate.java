package io.keysteward.disabling;

import java.time.Instant;

import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import org.jspecify.annotations.Nullable;

/**
 * {@code WINDOW}: the run's local time lies in the allowed days and hours, and so does
 * the time at which a run that disables is planned. Before each key it is asked again.
 */
final class WindowGate implements SourceGate {

	private final Window window;

	private final Instant now;

	/**
	 * Makes the gate of one run.
	 * @param now what a run that disables is held by as well: its as-of may be of a time
	 * before a freeze
	 */
	WindowGate(Window window, Instant now) {
		this.window = window;
		this.now = now;
	}

	@Override
	public Gate gate() {
		return Gate.WINDOW;
	}

	@Override
	public @Nullable String closed(SourceFacts source, Run run) {
		String closed = this.window.closedAt(run.asOf());
		return (closed == null && run.mode() == RunMode.DISABLE) ? this.window.closedAt(this.now) : closed;
	}

}
