package io.keysteward.job;

import java.util.Objects;
import java.util.OptionalLong;

import io.keysteward.disabling.ActionCounts;
import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.KeyDisabling;
import io.keysteward.disabling.Planning;
import io.keysteward.key.Failure;
import io.keysteward.notice.Recipients;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.source.KeySource;

import org.springframework.stereotype.Component;

/**
 * Steps {@code planDisabling} and {@code disableKeys}: which keys are due, and those
 * switched off, one by one.
 */
@Component
class Disable {

	private final Planning planning;

	private final KeyDisabling disabling;

	private final DisablePolicy policy;

	private final Recipients recipients;

	private final ConfiguredSources sources;

	private final ActionCounts actions;

	private final Runs runs;

	private final RunJournal journal;

	private final CurrentRun current;

	/** The action that was tried last: what could not be settled is not tried twice. */
	private long last;

	Disable(Planning planning, KeyDisabling disabling, DisablePolicy policy, Recipients recipients,
			ConfiguredSources sources, ActionCounts actions, Runs runs, RunJournal journal, CurrentRun current) {
		this.planning = planning;
		this.disabling = disabling;
		this.policy = policy;
		this.recipients = recipients;
		this.sources = sources;
		this.actions = actions;
		this.runs = runs;
		this.journal = journal;
		this.current = current;
	}

	void plan(Run run) {
		this.last = 0;
		RunRequest request = this.current.start().request();
		this.planning.plan(run, this.sources.all(), request.acceptPolicyChange(), request.acceptWarnings(),
				this.recipients.audience());
	}

	/**
	 * Disables the next key; without both keys, nothing.
	 * @return whether there may be another one
	 */
	boolean next(Run run) {
		OptionalLong done = (run.mode() == RunMode.DISABLE && this.policy.armed())
				? this.disabling.next(run, this.last, this.sources::get) : OptionalLong.empty();
		done.ifPresent((id) -> this.last = id);
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
		Totals totals = before.with(this.actions.of(run.id()));
		if (!totals.equals(before)) {
			this.journal.reconciled(run.id(), totals);
		}
	}

	/**
	 * Refuses a run that asks to disable where that is not armed, or where no source can.
	 */
	void requireArmed(RunRequest request, Iterable<KeySource> wanted) {
		if (!request.disable()) {
			return;
		}
		if (!this.policy.armed()) {
			throw Failure.configuration("--disable: keysteward.disable.armed is not true; both are needed: set it, or"
					+ " leave --disable out to see what would be disabled");
		}
		String obstacle = null;
		for (KeySource source : wanted) {
			if (source.disabling().reversible()) {
				return;
			}
			obstacle = source.disabling().obstacle();
		}
		throw Failure.configuration("--disable: no source can disable reversibly, such as: " + obstacle);
	}

}
