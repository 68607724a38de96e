package io.keysteward.job;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.keysteward.disabling.KeyRestorer;
import io.keysteward.disabling.OutcomeRecovery;
import io.keysteward.key.KeyId;
import io.keysteward.lock.RunLock;
import io.keysteward.lock.RunLocks;
import io.keysteward.run.NewRun;
import io.keysteward.run.Outcome;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunOrigin;
import io.keysteward.run.RunScope;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Restores what a run disabled, under a run row of its own: who, when, and what came of
 * each key.
 */
@Component
public class RestoreLauncher {

	private static final DateTimeFormatter RUN_KEY = DateTimeFormatter
		.ofPattern("'restore-'yyyyMMdd'T'HHmmss.SSS", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final RunLocks locks;

	private final SourceRegistry sources;

	private final EffectivePolicies policies;

	private final Runs runs;

	private final RunJournal journal;

	private final KeyRestorer restoring;

	private final OutcomeRecovery recovery;

	private final Clock clock;

	RestoreLauncher(RunLocks locks, SourceRegistry sources, EffectivePolicies policies, Runs runs, RunJournal journal,
			KeyRestorer restoring, OutcomeRecovery recovery, Clock clock) {
		this.locks = locks;
		this.sources = sources;
		this.policies = policies;
		this.runs = runs;
		this.journal = journal;
		this.restoring = restoring;
		this.recovery = recovery;
		this.clock = clock;
	}

	/**
	 * Restores all that a run disabled.
	 * @param runKey the run
	 * @param requestedBy who asks
	 * @return what came of each key
	 */
	public List<KeyRestorer.Result> restoreRun(String runKey, String requestedBy) {
		return locked(() -> {
			Run run = this.runs.find(runKey)
				.orElseThrow(() -> Failure
					.configuration("--run-key: there is no run '" + runKey + "'; the command runs lists them"));
			settleRuns(run);
			return restore(this.restoring.prepare(run), requestedBy);
		});
	}

	/**
	 * Restores a key.
	 * @param key the key
	 * @param requestedBy who asks
	 * @return what came of it
	 */
	public List<KeyRestorer.Result> restoreKey(KeyId key, String requestedBy) {
		Set<String> known = new TreeSet<>(this.sources.ids());
		if (!known.contains(key.source())) {
			throw Failure.configuration("--key: there is no source '" + SafeText.visible(key.source())
					+ "'; configured: " + (known.isEmpty() ? "none" : String.join(", ", known)));
		}
		return locked(() -> {
			settleRuns(null);
			return restore(this.restoring.prepare(key), requestedBy);
		});
	}

	private List<KeyRestorer.Result> locked(Supplier<List<KeyRestorer.Result>> work) {
		this.locks.requireSessions();
		try (RunLock lock = this.locks.tryRestoring()) {
			if (lock == null) {
				throw Failure.busy("another restore is under way on this governance database; wait until it has ended");
			}
			this.sources.forget();
			this.recovery.settleRestored(this.sources::get);
			return work.get();
		}
	}

	/**
	 * What a killed run has begun to disable; while a run is under way that is its own
	 * matter, and only that run cannot be restored yet.
	 */
	private void settleRuns(@Nullable Run wanted) {
		try (RunLock lock = this.locks.tryRun()) {
			if (lock != null) {
				this.recovery.settleDisabled(this.sources::get);
			}
			else if (wanted != null && wanted.status() == RunStatus.RUNNING) {
				throw Failure.busy("run " + wanted.key()
						+ " is still under way and may disable more; wait, stop it, or restore single keys with --key");
			}
		}
	}

	private List<KeyRestorer.Result> restore(KeyRestorer.Order order, String requestedBy) {
		Instant now = this.clock.instant();
		String runKey = RUN_KEY.format(now);
		Places places = new Places();
		this.runs.lastComplete().ifPresent(places::record);
		RunScope scope = new RunScope(order.sources(), List.of(), true);
		long run = this.journal.open(new NewRun(runKey, now, new RunOrigin(RunMode.RESTORE, "manual", requestedBy),
				scope, this.policies.at(places).forRun(), null));
		boolean done = false;
		try {
			List<KeyRestorer.Result> results = this.restoring.restore(run, order, this.sources::get);
			done = results.stream().allMatch((result) -> result.outcome() == Outcome.RESTORED);
			return results;
		}
		finally {
			this.journal.end(runKey, done ? RunStatus.COMPLETE : RunStatus.FAILED, done ? null
					: "some keys are not as they were left, or their source did not answer; find says it of each");
		}
	}

}
