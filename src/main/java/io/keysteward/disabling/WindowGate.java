package io.keysteward.disabling;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * {@code WINDOW}: the run's local time lies in the allowed days and hours.
 */
final class WindowGate implements SourceGate {

	private final Window window;

	WindowGate(Window window) {
		this.window = window;
	}

	@Override
	public Gate gate() {
		return Gate.WINDOW;
	}

	@Override
	public @Nullable String closed(SourceFacts source, Run run) {
		return this.window.closedAt(run.asOf());
	}

}
