package io.keysteward.disabling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.keysteward.disabling.KeyActions.Action;
import io.keysteward.key.KeyId;
import io.keysteward.run.Outcome;
import io.keysteward.run.Run;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Switches on again exactly the keys that a run disabled and nobody has touched since.
 */
@Component
public class KeyRestorer {

	private final KeyActions actions;

	private final KeySwitches switches;

	KeyRestorer(KeyActions actions, KeySwitches switches) {
		this.actions = actions;
		this.switches = switches;
	}

	/**
	 * {@return the keys of a run that can be restored}
	 * @throws Failure where the run disabled nothing, or every key is restored
	 */
	public Order prepare(Run run) {
		List<Action> disabled = this.actions.disabledBy(run.id());
		if (!disabled.isEmpty()) {
			return new Order(disabled);
		}
		if (this.actions.countDisabledBy(run.id()) == 0) {
			throw Failure.configuration("--run-key: run '" + run.key() + "' disabled nothing; the sheet Actions of its"
					+ " workbook and the command runs show what a run did");
		}
		throw Failure.complete("all keys that run " + run.key() + " disabled have been restored");
	}

	/**
	 * {@return an order for one key}
	 * @throws Failure where Keysteward never disabled the key, or it is restored
	 */
	public Order prepare(KeyId key) {
		Action disabled = this.actions.lastDisabled(key)
			.orElseThrow(() -> Failure.configuration("--key: Keysteward has not disabled key '"
					+ SafeText.visible(key.toString()) + "'; write it as SOURCE/ID, as the sheet Actions does"));
		if (this.actions.isRestored(disabled)) {
			throw Failure.complete("key " + SafeText.visible(key.toString()) + " has been restored already");
		}
		return new Order(List.of(disabled));
	}

	/**
	 * Restores keys one by one; a failure of one never stops the others.
	 * @param restoreRun the row of this restore in {@code run}
	 * @param order what to restore
	 * @param sources finds a source by its id
	 * @return the result of each key
	 */
	public List<Result> restore(long restoreRun, Order order, Function<String, KeySource> sources) {
		List<Result> results = new ArrayList<>();
		for (Action disabled : order.disabled) {
			Action restore = this.actions.intendRestore(restoreRun, disabled);
			results.add(restore(restore, disabled, null, sources));
		}
		return results;
	}

	/**
	 * Restores one key.
	 * @param why why it is restored, if nobody has asked for it
	 */
	Result restore(Action restore, Action disabled, @Nullable String why, Function<String, KeySource> sources) {
		try {
			KeySwitch keySwitch = this.switches.find(disabled, sources);
			boolean done = keySwitch.restore(disabled.toUndo(), (receipt) -> this.actions.undo(restore, receipt));
			if (!done) {
				return settle(restore, Outcome.SKIPPED_CHANGED,
						"It is not as that run left it: switched on, changed or gone since. It was left alone; look it up in its source.");
			}
			this.actions.settleRestored(restore, disabled, why);
			return new Result(restore.key(), Outcome.RESTORED, why);
		}
		catch (KeySwitch.UnknownOutcome ex) {
			return new Result(restore.key(), null,
					"The source did not confirm the change; start restore again to have it asked.");
		}
		catch (Failure failure) {
			return settle(restore, Outcome.FAILED, failure.line());
		}
	}

	private Result settle(Action action, Outcome outcome, @Nullable String detail) {
		this.actions.settle(action, outcome, detail);
		return new Result(action.key(), outcome, detail);
	}

	/** Disabled keys that are to be restored. */
	public static final class Order {

		private final List<Action> disabled;

		private Order(List<Action> disabled) {
			this.disabled = disabled;
		}

		/**
		 * {@return the ids of the keys' sources}
		 */
		public List<String> sources() {
			return this.disabled.stream().map((action) -> action.key().source()).distinct().sorted().toList();
		}

	}

	/**
	 * The result of one key.
	 *
	 * @param key the key
	 * @param outcome the outcome; null: the source has not confirmed it
	 * @param detail the reason, if any
	 */
	public record Result(KeyId key, @Nullable Outcome outcome, @Nullable String detail) {
	}

}
