package io.keysteward.disabling;

import java.util.function.Function;

import io.keysteward.disabling.KeyActions.Action;
import io.keysteward.run.Outcome;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch.Fate;
import io.keysteward.source.KeySwitch;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Asks the source for the outcome of intents whose process died before it wrote one. If
 * the source does not answer, they stay open until the next start.
 */
@Component
public class OutcomeRecovery {

	private static final Logger logger = LoggerFactory.getLogger(OutcomeRecovery.class);

	private final KeyActions actions;

	private final KeySwitches switches;

	OutcomeRecovery(KeyActions actions, KeySwitches switches) {
		this.actions = actions;
		this.switches = switches;
	}

	/**
	 * Settles disablings; safe only while no other process disables. A continued run
	 * plans anew what was not done, since its reasons may have changed.
	 * @param sources finds a source by its id
	 */
	public void settleDisabled(Function<String, KeySource> sources) {
		for (Action action : this.actions.unsettled("DISABLE")) {
			attempt(action, () -> {
				// A change is committed only after its undo is stored.
				KeySwitch keySwitch = (action.undo() != null) ? this.switches.find(action, sources) : null;
				Fate fate = (keySwitch != null) ? keySwitch.fate(String.valueOf(action.undo())) : Fate.ROLLED_BACK;
				if (keySwitch == null || fate == Fate.ROLLED_BACK) {
					this.actions.postpone(action,
							"It was not done: what was to do it ended before the change was committed.");
					logger.warn("key {}: an action without outcome was found: it was not done",
							SafeText.visible(action.key().toString()));
				}
				else if (keySwitch.disabledBy(action.toUndo())) {
					settle(action, Outcome.DISABLED, "Nobody had noted whether it was done; the source was asked.");
				}
				else if (fate == Fate.COMMITTED) {
					settle(action, Outcome.DISABLED, "Nobody had noted whether it was done. It was; when the source was"
							+ " asked, somebody had changed the key since.");
				}
				else {
					settle(action, Outcome.SKIPPED_CHANGED,
							"Nobody had noted whether it was done; when the source was asked"
									+ " the key was not as switching it off leaves it: that was not committed, or somebody has changed"
									+ " it since.");
				}
			});
		}
	}

	/**
	 * Settles restores; safe only while no other process restores.
	 * @param sources finds a source by its id
	 */
	public void settleRestored(Function<String, KeySource> sources) {
		for (Action action : this.actions.unsettled("RESTORE")) {
			attempt(action, () -> {
				Action disabled = this.actions.undone(action);
				KeySwitch keySwitch = this.switches.find(disabled, sources);
				if (isRestored(action, disabled, keySwitch)) {
					this.actions.settleRestored(action, disabled,
							"The source did not confirm it, or its process ended; the source was asked.");
					logger.warn("key {}: a restoring without outcome was found: it was done",
							SafeText.visible(action.key().toString()));
				}
				else if (keySwitch.disabledBy(disabled.toUndo())) {
					settle(action, Outcome.FAILED, "It was not done: its process ended before the change.");
				}
				else {
					settle(action, Outcome.SKIPPED_CHANGED, "Somebody has changed it since it was disabled.");
				}
			});
		}
	}

	/**
	 * If its source does not know, a key that we had disabled and that is on counts as
	 * restored.
	 */
	private static boolean isRestored(Action action, Action disabled, KeySwitch keySwitch) {
		if (action.undo() == null) {
			return false;
		}
		return switch (keySwitch.fate(action.undo())) {
			case COMMITTED -> true;
			case ROLLED_BACK -> false;
			case UNKNOWN -> keySwitch.isOn(disabled.key().id());
		};
	}

	private void settle(Action action, Outcome outcome, String detail) {
		this.actions.settle(action, outcome, detail);
		logger.warn("key {}: an action without outcome was found: {}", SafeText.visible(action.key().toString()),
				outcome);
	}

	private static void attempt(Action action, Runnable settling) {
		try {
			settling.run();
		}
		catch (Failure failure) {
			logger.error("key {}: what came of an action cannot be found out yet: {}",
					SafeText.visible(action.key().toString()), failure.line());
		}
	}

}
