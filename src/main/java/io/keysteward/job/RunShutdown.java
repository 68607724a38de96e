package io.keysteward.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

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
 * On SIGTERM: asks the running job to stop and waits until the run has noted that it did,
 * before anything that it needs is closed.
 */
@Component
class RunShutdown implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RunShutdown.class);

	/** Less than what an orchestrator waits before it kills. */
	private static final Duration PATIENCE = Duration.ofSeconds(25);

	/** Asked for late: a command that only looks must not need Spring Batch's tables. */
	private final ObjectProvider<JobOperator> operator;

	private final ObjectProvider<JobRepository> repository;

	private final AtomicReference<@Nullable CountDownLatch> underWay = new AtomicReference<>();

	private volatile boolean requested;

	private volatile boolean started;

	RunShutdown(ObjectProvider<JobOperator> operator, ObjectProvider<JobRepository> repository) {
		this.operator = operator;
		this.repository = repository;
	}

	void runStarts() {
		this.underWay.set(new CountDownLatch(1));
	}

	void runEnded() {
		CountDownLatch run = this.underWay.getAndSet(null);
		if (run != null) {
			run.countDown();
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
		CountDownLatch run = this.underWay.get();
		if (run == null) {
			return;
		}
		this.requested = true;
		logger.info("asked to stop: the run ends after the rows in hand");
		this.repository.getObject().findRunningJobExecutions(RunJob.NAME).forEach(this::stop);
		try {
			if (!run.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				logger.warn("the step in hand does not end; the next start continues the run");
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

	private void stop(JobExecution execution) {
		try {
			this.operator.getObject().stop(execution);
		}
		catch (JobExecutionNotRunningException ex) {
			logger.debug("It has ended in the meantime");
		}
	}

}
