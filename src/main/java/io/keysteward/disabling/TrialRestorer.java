package io.keysteward.disabling;

import java.util.Optional;
import java.util.function.Function;

import io.keysteward.disabling.TriedActions.Tried;
import io.keysteward.run.Outcome;
import io.keysteward.run.Run;
import io.keysteward.source.KeySource;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Switches on again what was disabled and tried within its trial, like {@code restore}:
 * only keys that are as Keysteward left them.
 */
@Component
public class TrialRestorer {

	private static final Logger logger = LoggerFactory.getLogger(TrialRestorer.class);

	private final TriedActions tried;

	private final KeyActions actions;

	private final KeyRestorer restorer;

	private final OutcomeRecovery recovery;

	private final DisablePolicy policy;

	TrialRestorer(TriedActions tried, KeyActions actions, KeyRestorer restorer, OutcomeRecovery recovery,
			DisablePolicy policy) {
		this.tried = tried;
		this.actions = actions;
		this.restorer = restorer;
		this.recovery = recovery;
		this.policy = policy;
	}

	/**
	 * {@return whether a key is to be switched on again; never by a run that may not
	 * disable}
	 */
	public boolean hasNext(Run run) {
		return find(run).isPresent();
	}

	/**
	 * Switches on the next key. To be called under the lock of restores.
	 * @param sources finds a source by its id
	 */
	public void next(Run run, Function<String, KeySource> sources) {
		find(run).ifPresent((found) -> {
			KeyRestorer.Result result = this.restorer.restore(this.actions.intendRestore(run.id(), found.disabled()),
					found.disabled(), why(found), sources);
			if (result.outcome() == null) {
				this.recovery.settleRestored(sources);
			}
			log(run, result);
		});
	}

	private Optional<Tried> find(Run run) {
		return (this.policy.allows(run) && !this.policy.trial().isZero()) ? this.tried.next(run, this.policy.trial())
				: Optional.empty();
	}

	private static String why(Tried found) {
		return "It was tried on " + UtcMinute.of(found.at()) + ", within its trial (disable.trial).";
	}

	private static void log(Run run, KeyRestorer.Result result) {
		String key = SafeText.visible(result.key().toString());
		if (result.outcome() == Outcome.RESTORED) {
			logger.warn("run {}: key {} was tried within its trial, and is switched on again", run.key(), key);
		}
		else {
			logger.error("run {}: key {} was tried within its trial, and was not switched on again: {}", run.key(), key,
					SafeText.visible(String.valueOf(result.detail())));
		}
	}

}
