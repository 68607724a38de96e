package io.keysteward.job;

import java.time.Clock;

import io.keysteward.finding.Findings;
import io.keysteward.insight.ActionCounts;
import io.keysteward.lock.RunLock;
import io.keysteward.lock.RunLocks;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sets the newest run aside: what it judged counts no more, and the next run follows the
 * one before it.
 */
@Component
public class SetAside {

	private final RunLocks locks;

	private final Runs runs;

	private final RunJournal journal;

	private final Findings findings;

	private final ActionCounts actions;

	private final TransactionTemplate transaction;

	private final Clock clock;

	SetAside(RunLocks locks, Runs runs, RunJournal journal, Findings findings, ActionCounts actions,
			PlatformTransactionManager transactions, Clock clock) {
		this.locks = locks;
		this.runs = runs;
		this.journal = journal;
		this.findings = findings;
		this.actions = actions;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
	}

	/**
	 * Sets a run aside.
	 * @param runKey the run
	 * @param reason why
	 * @param requestedBy who asks
	 * @throws Failure where it may not be, or another run is under way
	 */
	public void setAside(String runKey, String reason, String requestedBy) {
		RunLock lock = this.locks.run();
		try {
			this.transaction.executeWithoutResult((status) -> {
				Run run = required(runKey);
				this.findings.undo(run);
				this.journal.setAside(run.id(), this.clock.instant(), requestedBy, reason);
			});
		}
		finally {
			lock.close();
		}
	}

	private Run required(String runKey) {
		Run run = this.runs.find(runKey)
			.orElseThrow(() -> Failure.configuration(
					"--set-aside: there is no run '" + SafeText.visible(runKey) + "'; the command runs lists them"));
		if (run.mode() == RunMode.RESTORE) {
			throw Failure.configuration("--set-aside: '" + run.key() + "' names a restore, which judges nothing");
		}
		if (run.status() == RunStatus.SET_ASIDE) {
			throw Failure.complete("run " + run.key() + " is set aside already; the command runs says by whom");
		}
		Run newest = this.runs.newest().orElse(run);
		if (newest.id() != run.id()) {
			throw Failure.configuration("--set-aside: run " + run.key() + " is not the newest one: set aside run "
					+ newest.key() + " first, which followed it");
		}
		requireNothingDisabled(run);
		return run;
	}

	private void requireNothingDisabled(Run run) {
		long keys = this.actions.switched(run.id());
		if (keys > 0) {
			throw Failure.person("run " + run.key() + " cannot be set aside: it disabled " + Plural.of(keys, "key")
					+ " that " + ((keys == 1) ? "is" : "are") + " not restored; switch them on with restore --run-key="
					+ run.key() + ", then set it aside");
		}
	}

}
