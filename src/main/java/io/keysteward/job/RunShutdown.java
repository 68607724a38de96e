package io.keysteward.job;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.keysteward.metrics.RunMetrics;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * On SIGTERM: asks the running job to stop and waits until the run has noted that it did.
 * What does not end soon (a workbook, a mail server that is silent, one long statement)
 * is cut off: every step stands being killed, and the next start does it again.
 */
@Component
class RunShutdown implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RunShutdown.class);

	/**
	 * With {@link #NOTE} and the push of the metrics less than the five seconds that are
	 * promised.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(2800);

	private static final Duration NOTE = Duration.ofMillis(1000);

	/** Asked for late: a command that only looks must not need Spring Batch's tables. */
	private final ObjectProvider<JobOperator> operator;

	private final ObjectProvider<JobRepository> repository;

	private final ObjectProvider<RunJournal> journal;

	private final ObjectProvider<RunMetricsPublisher> end;

	private final AtomicReference<@Nullable UnderWay> underWay = new AtomicReference<>();

	private volatile boolean requested;

	private volatile boolean started;

	RunShutdown(ObjectProvider<JobOperator> operator, ObjectProvider<JobRepository> repository,
			ObjectProvider<RunJournal> journal, ObjectProvider<RunMetricsPublisher> end) {
		this.operator = operator;
		this.repository = repository;
		this.journal = journal;
		this.end = end;
	}

	void runStarts(String runKey) {
		this.underWay.set(new UnderWay(runKey, new CountDownLatch(1)));
	}

	void runEnded() {
		UnderWay run = this.underWay.getAndSet(null);
		if (run != null) {
			run.ended.countDown();
		}
	}

	boolean requested() {
		return this.requested;
	}

	@Override
	public void start() {
		this.started = true;
	}

	@Override
	public void stop() {
		this.started = false;
		UnderWay run = this.underWay.get();
		if (run == null) {
			return;
		}
		this.requested = true;
		logger.info("run {}: asked to stop: it ends after the rows in hand", run.key);
		CompletableFuture.runAsync(this::stopExecutions);
		try {
			if (!run.ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				cutOff(run.key);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.started;
	}

	private void stopExecutions() {
		this.repository.getObject().findRunningJobExecutions(RunJob.NAME).forEach(this::stop);
	}

	private void stop(JobExecution execution) {
		try {
			this.operator.getObject().stop(execution);
		}
		catch (JobExecutionNotRunningException ex) {
			logger.debug("It has ended in the meantime");
		}
	}

	/**
	 * Ends the process before anything is closed under the step in hand: nothing must
	 * look like a fault of what it talks to.
	 */
	private void cutOff(String runKey) {
		boolean noted = CompletableFuture.runAsync(() -> this.journal.getObject().end(runKey, RunStatus.STOPPED, null))
			.orTimeout(NOTE.toMillis(), TimeUnit.MILLISECONDS)
			.handle((nothing, ex) -> ex == null)
			.join();
		logger.warn("run {}: the step in hand was cut off{}; the next start does it again", runKey,
				noted ? "" : ", and that could not be noted");
		this.end.getObject().publish(RunMetrics.STOPPED);
		Runtime.getRuntime().halt(RunMetrics.STOPPED);
	}

	private record UnderWay(String key, CountDownLatch ended) {
	}

}
