package io.keysteward.job;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

import io.keysteward.disabling.OutcomeRecovery;
import io.keysteward.lock.RunLock;
import io.keysteward.lock.RunLocks;
import io.keysteward.run.Run;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;

import org.springframework.stereotype.Component;

/**
 * Starts a run, or continues it:
 * <ol>
 * <li>takes the lock, so that no other run is under way;</li>
 * <li>refuses a run that is complete, or options that are not those it was started
 * with;</li>
 * <li>clears up what a killed process has left in Spring Batch's tables, which is safe
 * only under the lock;</li>
 * <li>runs the job and notes how it ended.</li>
 * </ol>
 */
@Component
public class RunLauncher {

	private final RunLocks locks;

	private final SourceRegistry sources;

	private final BatchCleanup batch;

	private final ContinuedRuns continued;

	private final ActiveRun current;

	private final OutcomeRecovery recovery;

	private final JobRunner runner;

	private final Clock clock;

	RunLauncher(RunLocks locks, SourceRegistry sources, BatchCleanup batch, ContinuedRuns continued, ActiveRun current,
			OutcomeRecovery recovery, JobRunner runner, Clock clock) {
		this.locks = locks;
		this.sources = sources;
		this.batch = batch;
		this.continued = continued;
		this.current = current;
		this.recovery = recovery;
		this.runner = runner;
		this.clock = clock;
	}

	/**
	 * Runs to the end.
	 * @param request what somebody asked for
	 * @param progress who is told how it gets on
	 * @return the complete run
	 * @throws Failure where it did not complete; says whose turn it is
	 */
	public Run run(RunRequest request, Progress progress) {
		Instant asOf = asOf(request);
		String runKey = Optional.ofNullable(request.runKey())
			.orElseGet(() -> LocalDate.ofInstant(asOf, ZoneOffset.UTC).toString());
		RunLock lock = this.locks.run();
		try {
			this.sources.forget();
			this.batch.clear(runKey);
			this.continued.requireContinuable(runKey, request);
			this.current.begin(new RunAttempt(runKey, asOf, request, progress));
			recover();
			this.runner.run(runKey);
			return this.current.row();
		}
		finally {
			lock.close();
		}
	}

	private Instant asOf(RunRequest request) {
		Instant now = this.clock.instant();
		if (request.asOf() == null) {
			return now;
		}
		if (request.asOf().isAfter(now)) {
			throw Failure.configuration("--as-of: '" + request.asOf()
					+ "' lies in the future; a run judges what was read," + " at the latest now (" + now + ")");
		}
		return request.asOf();
	}

	/**
	 * What a killed process has begun to do to keys; before anything else is done to any.
	 */
	private void recover() {
		this.recovery.settleDisabled(this.sources::get);
		try (RunLock restoring = this.locks.tryRestoring()) {
			if (restoring != null) {
				this.recovery.settleRestored(this.sources::get);
			}
		}
	}

}
