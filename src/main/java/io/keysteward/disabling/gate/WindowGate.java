package io.keysteward.disabling.gate;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.PlannedRun;
import io.keysteward.disabling.SourceFacts;
import io.keysteward.disabling.SourceGate;
import io.keysteward.disabling.Window;
import io.keysteward.run.Gate;
import io.keysteward.run.RunMode;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code WINDOW}: the as-of lies in the allowed days and hours, and so does the time at
 * which a disabling run is planned. It is checked again before each key.
 */
@Component
final class WindowGate implements SourceGate {

	private final Window window;

	WindowGate(DisablePolicy policy) {
		this.window = policy.window();
	}

	@Override
	public Gate gate() {
		return Gate.WINDOW;
	}

	@Override
	public @Nullable String closed(SourceFacts source, PlannedRun run) {
		String closed = this.window.closedAt(run.run().asOf());
		if (closed == null && run.run().mode() == RunMode.DISABLE) {
			// The as-of may lie before a freeze that has begun since.
			return this.window.closedAt(run.now());
		}
		return closed;
	}

}
