package io.keysteward.job;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.keysteward.disabling.OutcomeRecovery;
import io.keysteward.lock.RunLock;
import io.keysteward.lock.RunLocks;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
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

	private static final Logger logger = LoggerFactory.getLogger(RunLauncher.class);

	private final RunLocks locks;

	private final JobOperator operator;

	private final JobRepository repository;

	private final Job job;

	private final Runs runs;

	private final RunJournal journal;

	private final ActiveRun current;

	private final RunShutdown shutdown;

	private final OutcomeRecovery settlement;

	private final SourceRegistry sources;

	private final Clock clock;

	RunLauncher(RunLocks locks, JobOperator operator, JobRepository repository, Job job, Runs runs, RunJournal journal,
			ActiveRun current, RunShutdown shutdown, OutcomeRecovery settlement, SourceRegistry sources, Clock clock) {
		this.locks = locks;
		this.operator = operator;
		this.repository = repository;
		this.job = job;
		this.runs = runs;
		this.journal = journal;
		this.current = current;
		this.shutdown = shutdown;
		this.settlement = settlement;
		this.sources = sources;
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
			clearUp(runKey);
			this.runs.find(runKey).ifPresent((run) -> requireContinuable(run, request));
			this.current.begin(runKey, asOf, request, progress);
			settle();
			return launch(runKey);
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

	private void requireContinuable(Run run, RunRequest request) {
		if (run.mode() == RunMode.RESTORE) {
			throw Failure.configuration("--run-key: '" + run.key() + "' names a restore; choose another run key");
		}
		if (run.status() == RunStatus.COMPLETE) {
			throw Failure.complete("run " + run.key() + " is complete since " + run.finishedAt()
					+ "; choose another --run-key for another run, or use report --run-key=" + run.key()
					+ " to write its report again");
		}
		if (run.status() == RunStatus.SET_ASIDE) {
			throw Failure.complete("run " + run.key() + " is set aside; choose another --run-key for another run");
		}
		boolean disables = run.mode() == RunMode.DISABLE;
		if (disables != request.disable()) {
			throw Failure.configuration(
					"--disable: run " + run.key() + " was started "
							+ (disables ? "with it; give it again to continue the run"
									: "without it; leave it out to continue the run")
							+ ", or choose another --run-key");
		}
		requireSame(run, "--as-of", request.asOf() == null || request.asOf().equals(run.asOf()), run.asOf());
		requireSame(run, "--source", request.sources().isEmpty() || request.sources().equals(Set.copyOf(run.sources())),
				run.sources());
		requireSame(run, "--project",
				request.projects().isEmpty() || request.projects().equals(Set.copyOf(run.projects())), run.projects());
		this.runs.lastComplete().filter((last) -> last.asOf().isAfter(run.asOf())).ifPresent((last) -> {
			throw Failure.person("run " + run.key() + " was overtaken by run " + last.key() + ", as of " + last.asOf()
					+ "; findings are followed forward only: leave it, and start a new run if there is need");
		});
	}

	private static void requireSame(Run run, String option, boolean same, Object stored) {
		if (!same) {
			throw Failure.configuration(option + ": run " + run.key() + " was started with " + stored
					+ "; leave the option out to continue it, or choose another --run-key");
		}
	}

	/**
	 * What a killed process has left behind; nobody else is running, we hold the lock.
	 */
	private void clearUp(String runKey) {
		for (JobExecution execution : this.repository.findRunningJobExecutions(RunJob.NAME)) {
			logger.warn("run {}: execution {} was left unfinished by a process that died; it is closed",
					execution.getJobParameters().getString(RunJob.RUN_KEY), execution.getId());
			this.operator.recover(execution);
		}
		JobInstance instance = this.repository.getJobInstance(RunJob.NAME, parameters(runKey));
		JobExecution last = (instance != null) ? this.repository.getLastJobExecution(instance) : null;
		if (instance != null && last == null) {
			logger.warn("run {}: an instance without execution was left by a process that died; it is removed", runKey);
			this.repository.deleteJobInstance(instance);
		}
		else if (last != null) {
			resolveUnknown(runKey, last);
		}
	}

	/**
	 * Where a commit was not answered Spring Batch does not know what was stored, and
	 * where a process was cut off after it had been asked to stop, the job has ended and
	 * its step has not; it would go on after neither. Each of our steps finds out from
	 * the run's own tables what is done.
	 */
	private void resolveUnknown(String runKey, JobExecution execution) {
		List<StepExecution> steps = execution.getStepExecutions()
			.stream()
			.filter((step) -> step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning())
			.toList();
		if (steps.isEmpty() && execution.getStatus() != BatchStatus.UNKNOWN) {
			return;
		}
		logger.warn("run {}: execution {} has ended in the middle of a step; what is stored counts", runKey,
				execution.getId());
		for (StepExecution step : steps) {
			step.setStatus(BatchStatus.FAILED);
			this.repository.update(step);
		}
		execution.setStatus(BatchStatus.FAILED);
		this.repository.update(execution);
	}

	/**
	 * What a killed process has begun to do to keys; before anything else is done to any.
	 */
	private void settle() {
		this.settlement.settleDisabled(this.sources::get);
		try (RunLock restoring = this.locks.tryRestoring()) {
			if (restoring != null) {
				this.settlement.settleRestored(this.sources::get);
			}
		}
	}

	private Run launch(String runKey) {
		this.shutdown.runStarts(runKey);
		try {
			JobExecution execution = this.operator.start(this.job, parameters(runKey));
			if (execution.getStatus() == BatchStatus.COMPLETED) {
				return this.current.row();
			}
			throw failed(runKey, () -> Failures.of(execution.getAllFailureExceptions()));
		}
		catch (Failure failure) {
			throw failure;
		}
		catch (Exception ex) {
			throw failed(runKey, () -> Failures.of(ex));
		}
		finally {
			this.shutdown.runEnded();
		}
	}

	/** Notes how the run ended. */
	private Failure failed(String runKey, Supplier<Failure> cause) {
		boolean stopped = this.shutdown.requested();
		Failure failure = stopped
				? Failure.retry("run " + runKey + " was stopped on request; start it again to continue", null)
				: cause.get();
		RunStatus status = stopped ? RunStatus.STOPPED : RunStatus.FAILED;
		try {
			this.journal.end(runKey, status, stopped ? null : failure.line());
		}
		catch (DataAccessException ex) {
			logger.warn("run {}: that it is {} could not be noted; the next start continues it all the same", runKey,
					status);
		}
		return failure;
	}

	private static JobParameters parameters(String runKey) {
		return new JobParametersBuilder().addString(RunJob.RUN_KEY, runKey).toJobParameters();
	}

}
