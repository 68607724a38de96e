package io.keysteward.http;

import java.time.Duration;

import io.keysteward.text.Failure;

/**
 * Waits, unless the run is interrupted.
 */
public final class Pause {

	private Pause() {
	}

	public static void sleep(Duration duration) {
		try {
			Thread.sleep(duration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failure.retry("the run was interrupted while it waited for an answer", ex);
		}
	}

}
