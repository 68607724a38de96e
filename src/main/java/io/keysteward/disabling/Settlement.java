package io.keysteward.disabling;

import java.util.function.Function;

import io.keysteward.disabling.KeyActions.Action;
import io.keysteward.disabling.KeyActions.Outcome;
import io.keysteward.key.Failure;
import io.keysteward.key.Visible;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Finds out what came of intents whose process died before it could write it down: by
 * asking the source. A source that does not answer leaves them open for the next start.
 */
@Component
public class Settlement {

	private static final Logger logger = LoggerFactory.getLogger(Settlement.class);

	private final KeyActions actions;

	private final KeySwitches switches;

	Settlement(KeyActions actions, KeySwitches switches) {
		this.actions = actions;
		this.switches = switches;
	}

	/**
	 * Settles disablings. Safe only while no other process disables. What was not done is
	 * planned anew when its run is continued: what it was decided on may have changed.
	 * @param sources finds a source by its id
	 */
	public void settleDisabled(Function<String, KeySource> sources) {
		for (Action action : this.actions.unsettled("DISABLE")) {
			attempt(action, () -> {
				KeySwitch keySwitch = this.switches.of(action, sources);
				if (keySwitch.disabledBy(action.takenBack())) {
					settle(action, Outcome.DISABLED,
							"The source did not confirm it, or its process ended; the source was asked.");
				}
				else if (action.undo() != null) {
					settle(action, Outcome.SKIPPED_CHANGED,
							"It was switched off, and the source did not confirm it, or its"
									+ " process ended; when the source was asked it was not as that left it: it was not"
									+ " committed, or somebody has changed it.");
				}
				else {
					this.actions.postpone(action, "It was not done: its process ended before the change.");
					logger.warn("key {}: an action without outcome was found: it was not done",
							Visible.text(action.key().toString()));
				}
			});
		}
	}

	/**
	 * Settles restorings. Safe only while no other process restores.
	 * @param sources finds a source by its id
	 */
	public void settleRestored(Function<String, KeySource> sources) {
		for (Action action : this.actions.unsettled("RESTORE")) {
			attempt(action, () -> {
				Action disabled = this.actions.undone(action);
				KeySwitch keySwitch = this.switches.of(disabled, sources);
				if (keySwitch.disabledBy(disabled.takenBack())) {
					settle(action, Outcome.FAILED, "It was not done: its process ended before the change.");
				}
				else if (action.undo() != null) {
					this.actions.settleRestored(action, disabled,
							"The source did not confirm it, or its process ended; the source was asked.");
					logger.warn("key {}: a restoring without outcome was found: it is on again",
							Visible.text(action.key().toString()));
				}
				else {
					settle(action, Outcome.SKIPPED_CHANGED, "Somebody has changed it since it was disabled.");
				}
			});
		}
	}

	private void settle(Action action, Outcome outcome, String detail) {
		this.actions.settle(action, outcome, detail);
		logger.warn("key {}: an action without outcome was found: {}", Visible.text(action.key().toString()), outcome);
	}

	private static void attempt(Action action, Runnable settling) {
		try {
			settling.run();
		}
		catch (Failure failure) {
			logger.error("key {}: what came of an action cannot be found out yet: {}",
					Visible.text(action.key().toString()), failure.line());
		}
	}

}
