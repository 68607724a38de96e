package io.keysteward.job;

import java.util.Objects;
import java.util.OptionalLong;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.KeyDisabler;
import io.keysteward.insight.ActionCounts;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.Totals;
import io.keysteward.source.SourceRegistry;

import org.springframework.stereotype.Component;

/**
 * Step {@code disableKeys}: switches on again what was tried within its trial, then off
 * the keys that are due, one by one.
 */
@Component
class DisableKeys {

	private final RestoreTried trials;

	private final KeyDisabler disabler;

	private final DisablePolicy policy;

	private final SourceRegistry sources;

	private final KeyJudges judges;

	private final ActionCounts actions;

	private final RunJournal journal;

	private final ActiveRun current;

	DisableKeys(RestoreTried trials, KeyDisabler disabler, DisablePolicy policy, SourceRegistry sources,
			KeyJudges judges, ActionCounts actions, RunJournal journal, ActiveRun current) {
		this.trials = trials;
		this.disabler = disabler;
		this.policy = policy;
		this.sources = sources;
		this.judges = judges;
		this.actions = actions;
		this.journal = journal;
		this.current = current;
	}

	/**
	 * Switches the next key; nothing, unless both switches are on.
	 * @return whether there may be another one
	 */
	boolean next(Run run) {
		RunAttempt attempt = this.current.attempt();
		if (!attempt.trialsEnded()) {
			if (this.trials.next(run)) {
				return true;
			}
			attempt.endTrials();
		}
		OptionalLong done = this.policy.allows(run) ? this.disabler.next(run, attempt.lastAction(), this.sources::get,
				(source) -> this.judges.judge(run, source, attempt)) : OptionalLong.empty();
		done.ifPresent(attempt::triedAction);
		if (done.isEmpty()) {
			count(run);
		}
		return done.isPresent();
	}

	/**
	 * Counts what was decided and done, from what is stored; nothing else has changed.
	 */
	private void count(Run run) {
		Totals before = Objects.requireNonNull(run.totals(), "the run is not reconciled");
		Totals totals = before.with(this.actions.count(run.id()));
		if (!totals.equals(before)) {
			this.journal.reconciled(run.id(), totals);
		}
	}

}
